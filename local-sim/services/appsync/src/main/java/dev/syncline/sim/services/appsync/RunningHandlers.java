// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.ChannelPattern;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.NamespaceHandlers;
import dev.syncline.sim.events.Publication;
import dev.syncline.sim.events.PublishDecision;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.handlers.HandlerCode;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerEngine.Phase;
import dev.syncline.sim.handlers.HandlerOutcome;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import dev.syncline.sim.services.appsync.datasource.DataSourceCalls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the handlers that the control plane stored for a namespace. Thread-safe. */
record RunningHandlers(
    SimClock clock,
    ApiStore store,
    HandlerEngine engine,
    DataSourceCalls sources,
    LogSink logs,
    EventsLimits limits)
    implements NamespaceHandlers {
  private static final String PUBLISH = "onPublish";
  private static final String SUBSCRIBE = "onSubscribe";

  /** The result of a hook: a value, or the reason for refusing the request. */
  private sealed interface Ending {
    record Value(JsonNode value) implements Ending {}

    record Refused(Refusal refusal) implements Ending {}
  }

  @Override
  public PublishDecision onPublish(
      ApiConfig api, Publication publication, AuthRequest.Caller caller, AuthDecision.Granted who) {
    Hook hook = hook(api, publication.channel().namespace(), PUBLISH, who);
    if (hook == null || publication.accepted().isEmpty()) {
      return publication;
    }
    ObjectNode context = HandlerContexts.publish(publication, caller, who);
    if (hook.direct()) {
      return directly(hook, publication, context);
    }
    return switch (run(hook, context)) {
      case Ending.Refused refused -> refused.refusal();
      case Ending.Value value -> HandlerAnswers.applied(publication, value.value(), limits);
    };
  }

  @Override
  public Optional<Refusal> onSubscribe(
      ApiConfig api, ChannelPattern pattern, AuthRequest.Caller caller, AuthDecision.Granted who) {
    Hook hook = hook(api, pattern.namespace(), SUBSCRIBE, who);
    if (hook == null) {
      return Optional.empty();
    }
    ObjectNode context =
        HandlerContexts.subscribe(pattern.toString(), pattern.namespace(), caller, who);
    if (hook.direct()) {
      DataSourceCalls.Result result = invoke(hook, context);
      if (result.error() != null) {
        return Optional.of(broken(hook, result.error().path("message").asText()));
      }
      return hook.waits() && result.value().hasNonNull("error")
          ? Optional.of(refused(result.value().path("error").asText()))
          : Optional.empty();
    }
    return run(hook, context) instanceof Ending.Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  /**
   * A hook with a handler.
   *
   * @param integration null where it is a function of the code
   */
  private record Hook(
      String apiId,
      String name,
      String authType,
      @Nullable HandlerCode code,
      HandlerSettings.@Nullable Integration integration,
      @Nullable DataSource source) {
    boolean direct() {
      return integration != null && integration.direct();
    }

    boolean waits() {
      return integration != null && integration.waits();
    }
  }

  private @Nullable Hook hook(
      ApiConfig api, String namespace, String name, AuthDecision.Granted who) {
    Optional<LiveApi> live = store.named(api.apiId());
    NamespaceRecord stored =
        live.map(found -> found.stored().namespaces().get(namespace)).orElse(null);
    if (live.isEmpty() || stored == null) {
      return null;
    }
    HandlerSettings settings = stored.handlers();
    HandlerSettings.Integration integration = settings.hooks().get(name);
    HandlerCode code = settings.code();
    if (integration == null && (code == null || !code.exports().containsKey(name))) {
      return null;
    }
    DataSource source =
        integration == null
            ? null
            : live.get().stored().dataSources().get(integration.dataSource());
    return new Hook(api.apiId(), name, who.mode().authType(), code, integration, source);
  }

  private PublishDecision directly(Hook hook, Publication publication, ObjectNode context) {
    DataSourceCalls.Result result = invoke(hook, context);
    if (result.error() != null) {
      return broken(hook, result.error().path("message").asText());
    }
    if (!hook.waits()) {
      return publication;
    }
    JsonNode answer = result.value();
    if (answer.hasNonNull("error")) {
      // The function's own error is logged and not sent to the publisher.
      log(hook.apiId(), hook.name() + ": " + answer.path("error").asText());
      return HandlerAnswers.filtered(publication, limits);
    }
    return HandlerAnswers.applied(publication, answer.path("events"), limits);
  }

  private DataSourceCalls.Result invoke(Hook hook, ObjectNode context) {
    DataSource source = hook.source();
    return source == null
        ? DataSourceCalls.Result.failed(
            "DataSourceException", "its data source does not exist any more")
        : sources.invoke(source, context, hook.waits());
  }

  private Ending run(Hook hook, ObjectNode context) {
    HandlerCode code = hook.code();
    if (code == null) {
      return new Ending.Refused(broken(hook, "there is no code"));
    }
    if (hook.integration() == null) {
      return ending(hook, call(hook, code, Phase.NONE, context));
    }
    HandlerOutcome requested = call(hook, code, Phase.REQUEST, context);
    if (!(requested instanceof HandlerOutcome.Returned request) || request.early()) {
      return ending(hook, requested);
    }
    DataSource source = hook.source();
    DataSourceCalls.Result result =
        source == null
            ? DataSourceCalls.Result.failed("DataSourceException", "the data source is gone")
            : sources.call(source, request.value());
    ObjectNode next = context.deepCopy();
    next.set("stash", request.stash());
    next.set("outErrors", request.outErrors());
    next.set("result", result.value());
    if (result.error() != null) {
      log(hook.apiId(), hook.name() + ": data source: " + result.error());
      next.set("error", result.error());
    }
    return ending(hook, call(hook, code, Phase.RESPONSE, next));
  }

  private HandlerOutcome call(Hook hook, HandlerCode code, Phase phase, ObjectNode context) {
    HandlerOutcome outcome = engine.run(code, hook.name(), phase, hook.authType(), context);
    outcome.logs().forEach(line -> log(hook.apiId(), line));
    return outcome;
  }

  private Ending ending(Hook hook, HandlerOutcome outcome) {
    return switch (outcome) {
      case HandlerOutcome.Returned returned -> new Ending.Value(returned.value());
      case HandlerOutcome.Refused error -> new Ending.Refused(refused(error));
      case HandlerOutcome.Unauthorized unauthorized -> new Ending.Refused(unauthorized(hook));
      case HandlerOutcome.Failed failed -> new Ending.Refused(broken(hook, failed.message()));
    };
  }

  private static Refusal refused(HandlerOutcome.Refused error) {
    String type = error.error().path("errorType").asText("");
    String message = error.message();
    return new Refusal(
        403, type.isEmpty() ? "HandlerError" : type, message, "the handler said: " + message);
  }

  private static Refusal refused(String message) {
    return new Refusal(403, "HandlerError", message, "the handler said: " + message);
  }

  /** On subscribing the type has no suffix; real clients know it so. */
  private static Refusal unauthorized(Hook hook) {
    String reason = hook.name() + " called util.unauthorized()";
    return hook.name().equals(SUBSCRIBE)
        ? new Refusal(401, "Unauthorized", null, reason)
        : new Refusal(
            401, "UnauthorizedException", "You are not authorized to make this call.", reason);
  }

  /** A handler's failure as a client error, because a retry would fail again. */
  private Refusal broken(Hook hook, String reason) {
    log(hook.apiId(), hook.name() + " failed: " + reason);
    String message = "The handler " + hook.name() + " failed: " + reason;
    return new Refusal(400, "BadRequestException", message, message);
  }

  private void log(String apiId, String line) {
    logs.append("/aws/appsync/apis/" + apiId, "handlers", clock.now(), line);
  }
}
