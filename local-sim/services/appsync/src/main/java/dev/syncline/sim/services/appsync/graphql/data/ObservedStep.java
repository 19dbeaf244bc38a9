// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.resolver.Evaluation;
import dev.syncline.sim.graphql.resolver.ResolverContext;
import dev.syncline.sim.graphql.resolver.StepCode;
import dev.syncline.sim.service.Json;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a resolver or function with their log lines. Thread-safe.
 *
 * @param function the name of the function; null for a resolver
 */
record ObservedStep(
    StepCode code, Kind kind, String resolverArn, @Nullable String function, GraphqlRuns runs)
    implements StepCode {
  /** What is evaluated, with the types of its log lines. */
  enum Kind {
    /** The templates of a unit resolver or a function. */
    UNIT_TEMPLATES("RequestMapping", "ResponseMapping"),
    /** The templates of a pipeline resolver. */
    PIPELINE_TEMPLATES("BeforeMapping", "AfterMapping"),
    /** The code of a unit resolver or a function. */
    UNIT_CODE("RequestFunctionEvaluation", "ResponseFunctionEvaluation"),
    /** The code of a pipeline resolver. */
    PIPELINE_CODE("BeforeRequestFunctionEvaluation", "AfterResponseFunctionEvaluation");

    private final String request;
    private final String response;

    Kind(String request, String response) {
      this.request = request;
      this.response = response;
    }
  }

  @Override
  public boolean isVersioned() {
    return code.isVersioned();
  }

  @Override
  public boolean mayBatch() {
    return code.mayBatch();
  }

  @Override
  public Evaluation request(ResolverContext context) {
    return logged(kind.request, context, false, code.request(context));
  }

  @Override
  public Evaluation before(ResolverContext context) {
    return logged(kind.request, context, false, code.before(context));
  }

  @Override
  public Evaluation response(ResolverContext context) {
    return logged(kind.response, context, true, code.response(context));
  }

  private Evaluation logged(
      String logType, ResolverContext context, boolean hasResult, Evaluation evaluation) {
    GraphqlRequestLog log = runs.log(context.request().requestId());
    if (log != null) {
      boolean failed =
          evaluation instanceof Evaluation.Raised || evaluation instanceof Evaluation.Unauthorized;
      if (failed || log.all()) {
        log.mapped(
            new GraphqlRequestLog.Mapping(
                context.call(),
                logType,
                resolverArn,
                function,
                shown(context, hasResult),
                failed || context.error() != null,
                text(evaluation)));
      }
    }
    return evaluation;
  }

  private static ObjectNode shown(ResolverContext context, boolean hasResult) {
    ObjectNode shown = Json.object();
    shown.set("arguments", context.arguments().deepCopy());
    if (hasResult) {
      shown.set("result", context.result());
    }
    if (context.hasPrevious()) {
      shown.putObject("prev").set("result", context.previous());
    }
    FieldError error = context.error();
    if (error != null) {
      shown.putObject("error").put("message", error.message()).put("type", error.errorType());
    }
    shown.set("stash", context.stash().deepCopy());
    ArrayNode added = shown.putArray("outErrors");
    context
        .added()
        .forEach(
            one -> added.addObject().put("message", one.message()).put("type", one.errorType()));
    return shown;
  }

  private static @Nullable String text(Evaluation evaluation) {
    return switch (evaluation) {
      case Evaluation.Produced produced -> json(produced.value());
      case Evaluation.Returned returned -> json(returned.value());
      case Evaluation.Raised raised -> null;
      case Evaluation.Unauthorized unauthorized -> null;
    };
  }

  private static String json(JsonNode value) {
    return Json.write(value);
  }
}
