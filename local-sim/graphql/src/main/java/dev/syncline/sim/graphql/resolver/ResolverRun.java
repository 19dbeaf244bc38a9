// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.resolver.Evaluation.SkipTo;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One resolution of one field on its way through the parts of a resolver. Not thread-safe. */
final class ResolverRun {
  /** Where it is. */
  private enum State {
    RUNNING,
    /** No further function runs. */
    AFTER,
    /** It has its outcome. */
    DONE
  }

  /**
   * What the simulator cannot do is an error of the field in each version: no template hides it.
   */
  private static final String NOT_SUPPORTED = "NotImplemented";

  private final ResolverContext context;
  private State state = State.RUNNING;
  private JsonNode result = NullNode.instance;
  private @Nullable FieldError failure;
  private @Nullable JsonNode document;

  ResolverRun(FieldCall call, RequestContext request) {
    this.context = new ResolverContext(call, request);
  }

  /** The document to carry out; null without one. */
  @Nullable JsonNode document() {
    return document;
  }

  /** The part of a pipeline resolver before its functions. */
  void before(StepCode around) {
    Evaluation evaluation = evaluated(() -> around.before(context));
    accept(evaluation);
    if (evaluation instanceof Evaluation.Returned) {
      state = State.AFTER;
    }
  }

  /** The part of a pipeline resolver after its functions. */
  void after(StepCode around) {
    if (state != State.DONE) {
      state = State.AFTER;
      context.result(result, null);
      context.previous(result);
      accept(evaluated(() -> around.response(context)));
    }
  }

  /** Evaluates the request of a step. Afterwards there is a document, unless it is skipped. */
  void request(ResolverPlan.Step step, String type, boolean function) {
    document = null;
    if (state != State.RUNNING) {
      return;
    }
    if (function) {
      context.previous(result);
    }
    context.result(NullNode.instance, null);
    Evaluation evaluation = evaluated(() -> step.code().request(context));
    if (!(evaluation instanceof Evaluation.Produced produced)) {
      accept(evaluation);
      return;
    }
    FieldError refused = RequestDocuments.check(step.code(), produced.value(), type, function);
    if (refused == null) {
      document = produced.value();
    } else {
      fail(refused, NullNode.instance);
    }
  }

  /** Takes the result of the document and evaluates the response of the step. */
  void response(ResolverPlan.Step step, SourceResult answer) {
    JsonNode sent = document;
    document = null;
    FieldError failed = answer.error();
    if (failed != null && NOT_SUPPORTED.equals(failed.errorType())) {
      fail(failed, NullNode.instance);
      return;
    }
    if (sent != null && RequestDocuments.hasRules2017(step.code(), sent)) {
      if (answer.error() != null) {
        fail(answer.error(), NullNode.instance);
        return;
      }
      if (answer.value().isNull()) {
        result = NullNode.instance;
        return;
      }
    }
    context.result(shown(answer), answer.error());
    accept(evaluated(() -> step.code().response(context)));
  }

  /** The result that the response part gets: after a failed condition, the present item. */
  private static JsonNode shown(SourceResult answer) {
    FieldError error = answer.error();
    JsonNode inError = error == null ? null : error.data();
    return answer.value().isNull() && inError != null ? inError : answer.value();
  }

  /** Stash or arguments that a template has made too large fail where they are read. */
  private static Evaluation evaluated(Supplier<Evaluation> part) {
    try {
      return part.get();
    } catch (ValueTooLargeException tooLarge) {
      return new Evaluation.Raised(
          FieldError.of("MappingTemplate", "Transformation too large: " + tooLarge.getMessage()));
    }
  }

  private void accept(Evaluation evaluation) {
    switch (evaluation) {
      case Evaluation.Produced produced -> result = produced.value();
      case Evaluation.Returned returned -> {
        result = returned.value();
        if (returned.skipTo() == SkipTo.END) {
          state = State.AFTER;
        }
      }
      case Evaluation.Raised raised -> fail(raised.error(), raised.value());
      case Evaluation.Unauthorized unauthorized ->
          fail(
              FieldError.unauthorized(context.call().parentType(), context.call().fieldName()),
              NullNode.instance);
    }
  }

  private void fail(FieldError error, JsonNode value) {
    failure = error;
    result = value;
    state = State.DONE;
  }

  FieldOutcome outcome() {
    var errors = new ArrayList<>(context.added());
    if (failure != null) {
      errors.add(failure);
    }
    return new FieldOutcome(result, errors);
  }
}
