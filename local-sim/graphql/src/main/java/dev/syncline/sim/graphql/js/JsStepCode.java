// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.graphql.resolver.StepCode;
import dev.syncline.sim.handlers.CodeException;
import dev.syncline.sim.handlers.CodeKind;
import dev.syncline.sim.handlers.HandlerCode;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerOutcome;
import java.util.List;

/**
 * A resolver or function of APPSYNC_JS: a module that exports {@code request} and {@code response}.
 * Thread-safe; calls block until the code has ended or was stopped.
 */
public final class JsStepCode implements StepCode {
  /** Seen at AWS with messages such as {@code code.js:162:13: ReferenceError: x is not defined}. */
  static final String FAILURE_TYPE = "Code";

  private static final List<String> FUNCTIONS = List.of("request", "response");

  private final HandlerEngine engine;
  private final HandlerCode code;

  private JsStepCode(HandlerEngine engine, HandlerCode code) {
    this.engine = engine;
    this.code = code;
  }

  /**
   * Checks and loads the code.
   *
   * @throws CodeException with all faults of the code
   */
  public static JsStepCode compile(HandlerEngine engine, String text) throws CodeException {
    HandlerCode code = engine.compile(text, CodeKind.GRAPHQL);
    for (String function : FUNCTIONS) {
      if (code.exports().get(function) != HandlerCode.Form.FUNCTION) {
        throw CodeException.missingExport(function);
      }
    }
    return new JsStepCode(engine, code);
  }

  @Override
  public Evaluation request(ResolverContext context) {
    return evaluation("request", context);
  }

  @Override
  public Evaluation response(ResolverContext context) {
    return evaluation("response", context);
  }

  private Evaluation evaluation(String function, ResolverContext context) {
    HandlerOutcome outcome =
        engine.run(
            code,
            function,
            HandlerEngine.Phase.NONE,
            context.request().authType(),
            JsContexts.of(context));
    JsTraces.apply(outcome.traces(), context);
    return switch (outcome) {
      case HandlerOutcome.Returned returned when returned.early() ->
          new Evaluation.Returned(
              returned.value(),
              "END".equals(returned.skipTo()) ? Evaluation.SkipTo.END : Evaluation.SkipTo.NEXT);
      case HandlerOutcome.Returned returned -> new Evaluation.Produced(returned.value());
      case HandlerOutcome.Refused refused ->
          new Evaluation.Raised(JsContexts.fieldError(refused.error()));
      case HandlerOutcome.Unauthorized unauthorized -> new Evaluation.Unauthorized();
      case HandlerOutcome.Failed failed -> {
        JsTraces.log(context, "ERROR - " + failed.message());
        yield new Evaluation.Raised(FieldError.of(FAILURE_TYPE, failed.message()));
      }
    };
  }
}
