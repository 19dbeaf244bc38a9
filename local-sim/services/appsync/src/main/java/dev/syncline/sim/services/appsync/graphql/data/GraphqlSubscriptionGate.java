// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.Credentials;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.execution.FieldAccess;
import dev.syncline.sim.graphql.execution.GraphqlRefusal;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import dev.syncline.sim.graphql.execution.SubscriptionOperation;
import dev.syncline.sim.graphql.execution.SubscriptionStart;
import dev.syncline.sim.graphql.subscription.ArgumentFilter;
import dev.syncline.sim.graphql.subscription.EnhancedFilter;
import dev.syncline.sim.graphql.subscription.InvalidFilterException;
import dev.syncline.sim.graphql.subscription.PayloadFilter;
import dev.syncline.sim.graphql.subscription.RealtimeError;
import dev.syncline.sim.graphql.subscription.StartRequest;
import dev.syncline.sim.graphql.subscription.SubscriptionTerms;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.appsync.auth.GraphqlAdmission;
import dev.syncline.sim.services.appsync.auth.GraphqlCall;
import dev.syncline.sim.services.appsync.auth.GraphqlCaller;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies connections and starts of subscriptions with the parts that also answer queries.
 * Thread-safe; blocks while authorizers and resolvers run.
 */
record GraphqlSubscriptionGate(
    GraphqlApiStore store,
    GraphqlFinder finder,
    GraphqlAdmissions admissions,
    CompiledApis compiled,
    GraphqlExecutions executions,
    GraphqlRuns runs,
    Ids ids)
    implements GraphqlGate {
  /** What clients sign as the body of a connection. */
  private static final String CONNECT_BODY = "{}";

  @Override
  public Optional<GraphqlApiRecord> find(
      HttpRequest upgrade, String namedHost, Credentials credentials) {
    return finder.find(upgrade, namedHost, credentials);
  }

  @Override
  public boolean exists(String apiId) {
    return store.find(apiId).isPresent();
  }

  @Override
  public Optional<Refusal> connect(
      GraphqlApiRecord api, Credentials credentials, AuthRequest.Caller caller) {
    var call =
        new GraphqlCall(
            ids.uuid().toString(),
            credentials,
            caller,
            List.of(CONNECT_BODY),
            null,
            null,
            Json.object());
    return switch (admissions.admit(api, call)) {
      case GraphqlAdmission.Admitted admitted -> Optional.empty();
      case GraphqlAdmission.Refused refused -> Optional.of(refused.refusal());
    };
  }

  @Override
  public GraphqlStart start(String apiId, StartRequest request, AuthRequest.Caller caller) {
    Optional<GraphqlApiRecord> api = store.find(apiId);
    if (api.isEmpty()) {
      return new GraphqlStart.Refused(RealtimeError.unauthorized());
    }
    String requestId = ids.uuid().toString();
    var from = new SubscribingCaller(caller, request.authorization());
    GraphqlAdmission admission =
        admissions.admit(
            api.get(),
            new GraphqlCall(
                requestId,
                Credentials.of(request.authorization()),
                from,
                List.of(request.data()),
                request.query(),
                request.operationName(),
                request.variables()));
    return switch (admission) {
      case GraphqlAdmission.Refused refused ->
          new GraphqlStart.Refused(RealtimeError.unauthorized());
      case GraphqlAdmission.Admitted admitted ->
          start(api.get(), request, requestId, from, admitted.caller());
    };
  }

  private GraphqlStart start(
      GraphqlApiRecord api,
      StartRequest request,
      String requestId,
      AuthRequest.Caller from,
      GraphqlCaller caller) {
    Optional<CompiledApi> executable = compiled.of(api);
    if (executable.isEmpty()) {
      GraphqlRefusal refusal = GraphqlRefusal.noSchema();
      return new GraphqlStart.Refused(RealtimeError.of(refusal.errorType(), refusal.message()));
    }
    var scope = new GraphqlExecutions.Scope(api, caller, from, requestId, null);
    RequestEffects effects = scope.effects();
    FieldAccess access = executions.access(scope, executable.get());
    runs.begin(requestId, null);
    try {
      SubscriptionStart start =
          executable
              .get()
              .executor()
              .subscribe(
                  new GraphqlRequest(request.query(), request.variables(), request.operationName()),
                  scope.context(effects),
                  access);
      return switch (start) {
        case SubscriptionStart.Refused refused -> new GraphqlStart.Refused(errors(refused));
        case SubscriptionStart.Started started ->
            accepted(
                executable.get(), request, List.of(executable.get(), access), started, effects);
      };
    } catch (InvalidFilterException invalid) {
      return new GraphqlStart.Refused(invalid.error());
    } finally {
      runs.end(requestId);
    }
  }

  private static GraphqlStart accepted(
      CompiledApi api,
      StartRequest request,
      Object access,
      SubscriptionStart.Started started,
      RequestEffects effects)
      throws InvalidFilterException {
    SubscriptionOperation operation = started.operation();
    Optional<EnhancedFilter> filter = Optional.empty();
    Optional<EnhancedFilter> invalidation = Optional.empty();
    for (RequestEffects.Effect effect : effects.all()) {
      if (effect instanceof RequestEffects.Effect.SubscriptionFilter set) {
        filter = EnhancedFilter.parse(set.filter());
      } else if (effect instanceof RequestEffects.Effect.InvalidationFilter set) {
        invalidation = EnhancedFilter.parse(set.filter());
      }
    }
    PayloadFilter matches =
        filter.isPresent() ? filter.get() : new ArgumentFilter(members(operation.arguments()));
    return new GraphqlStart.Accepted(
        new SubscriptionTerms(
            operation.field(),
            api.schema().subscriptions().getOrDefault(operation.field(), List.of()),
            request.query(),
            request.variables(),
            request.operationName(),
            access,
            matches,
            invalidation.orElse(null)),
        operation::deliver);
  }

  private static Map<String, JsonNode> members(JsonNode object) {
    Map<String, JsonNode> members = new HashMap<>();
    object.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
    return members;
  }

  private static List<RealtimeError> errors(SubscriptionStart.Refused refused) {
    List<RealtimeError> errors = new ArrayList<>();
    for (JsonNode error : refused.errors()) {
      errors.add(
          RealtimeError.of(error.path("errorType").textValue(), error.path("message").asText()));
    }
    return errors;
  }

  /** The caller of a start: the headers of its authorization replace those of the upgrade. */
  private record SubscribingCaller(AuthRequest.Caller connection, JsonNode authorization)
      implements AuthRequest.Caller {
    @Override
    public String sourceIp() {
      return connection.sourceIp();
    }

    @Override
    public String path() {
      return connection.path();
    }

    @Override
    public Map<String, String> headers() {
      var headers = new HashMap<>(connection.headers());
      headers.putAll(Credentials.headers(authorization));
      return headers;
    }

    @Override
    public Map<String, List<String>> repeated() {
      return connection.repeated();
    }
  }
}
