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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A resolver or function of APPSYNC_JS: a module that exports {@code request} and {@code response}.
 * Thread-safe; calls block until the code has ended or was stopped.
 */
public final class JsStepCode implements StepCode {
  /** Seen at AWS with messages such as {@code code.js:162:13: ReferenceError: x is not defined}. */
  static final String FAILURE_TYPE = "Code";

  private static final List<String> FUNCTIONS = List.of("request", "response");

  private final HandlerEngine engine;
  private final String text;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile @Nullable HandlerCode code;

  private JsStepCode(HandlerEngine engine, String text, @Nullable HandlerCode code) {
    this.engine = engine;
    this.text = text;
    this.code = code;
  }

  /**
   * Checks and loads the code.
   *
   * @throws CodeException with all faults of the code
   */
  public static JsStepCode compile(HandlerEngine engine, String text) throws CodeException {
    return new JsStepCode(engine, text, compiled(engine, text));
  }

  /**
   * Code that {@link #compile} accepted before, such as saved code. It is loaded at the first call,
   * so that a restored API does not load the JavaScript engine.
   */
  public static JsStepCode accepted(HandlerEngine engine, String text) {
    return new JsStepCode(engine, text, null);
  }

  private static HandlerCode compiled(HandlerEngine engine, String text) throws CodeException {
    HandlerCode code = engine.compile(text, CodeKind.GRAPHQL);
    for (String function : FUNCTIONS) {
      if (code.exports().get(function) != HandlerCode.Form.FUNCTION) {
        throw CodeException.missingExport(function);
      }
    }
    return code;
  }

  private HandlerCode code() throws CodeException {
    HandlerCode present = code;
    if (present != null) {
      return present;
    }
    loading.lock();
    try {
      HandlerCode loaded = code;
      if (loaded == null) {
        loaded = compiled(engine, text);
        code = loaded;
      }
      return loaded;
    } finally {
      loading.unlock();
    }
  }

  @Override
  public boolean mayBatch() {
    return text.contains("Batch");
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
    HandlerCode loaded;
    try {
      loaded = code();
    } catch (CodeException refused) {
      return new Evaluation.Raised(
          FieldError.of(FAILURE_TYPE, String.valueOf(refused.getMessage())));
    }
    HandlerOutcome outcome =
        engine.run(
            loaded,
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
