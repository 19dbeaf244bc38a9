// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.RequestEffects.Effect.LogLine;
import dev.syncline.sim.graphql.cache.ResolverCache;
import dev.syncline.sim.graphql.execution.FieldAccess;
import dev.syncline.sim.graphql.execution.GraphqlRefusal;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import dev.syncline.sim.graphql.execution.GraphqlResponse;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.auth.GraphqlCaller;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Executes requests of verified callers. Thread-safe; blocks while resolvers run. */
record GraphqlExecutions(CompiledApis compiled) {
  /** An answer with what resolvers did beside. */
  record Executed(GraphqlResponse response, RequestEffects effects) {}

  /** The context of a request. */
  record Scope(
      GraphqlApiRecord api,
      GraphqlCaller caller,
      AuthRequest.Caller from,
      String requestId,
      @Nullable GraphqlRequestLog log) {
    /** What resolvers know of the request. */
    RequestContext context(RequestEffects effects) {
      ObjectNode environment = Json.object();
      api.environment().forEach(environment::put);
      ObjectNode headers = Json.object();
      from.headers().forEach(headers::put);
      // AppSync hides cookies from resolvers.
      headers.remove("cookie");
      return new RequestContext(
          requestId,
          caller.mode().authType(),
          caller.identity(),
          headers,
          null,
          environment,
          effects);
    }

    /** Effects whose log lines go to the log of the request. */
    RequestEffects effects() {
      GraphqlRequestLog lines = log;
      return lines == null
          ? new RequestEffects()
          : new RequestEffects(
              effect -> {
                if (effect instanceof LogLine said) {
                  lines.said(said);
                }
              });
    }
  }

  /** Executes a query or mutation. */
  Executed execute(Scope scope, GraphqlRequest request) {
    RequestEffects effects = scope.effects();
    Optional<CompiledApi> api = compiled.of(scope.api());
    return new Executed(
        api.isEmpty()
            ? GraphqlRefusal.noSchema().response()
            : cached(api.get(), scope, request, scope.context(effects)),
        effects);
  }

  private GraphqlResponse cached(
      CompiledApi api, Scope scope, GraphqlRequest request, RequestContext context) {
    ResolverCache cache = api.cache();
    if (cache == null) {
      return api.executor().execute(request, context, access(scope, api));
    }
    Optional<String> key =
        cache.responseKey(request, context, List.copyOf(scope.caller().deniedFields()));
    Optional<JsonNode> kept = key.flatMap(cache::response);
    if (kept.isPresent() && kept.get() instanceof ObjectNode body) {
      return GraphqlResponse.of(200, body);
    }
    GraphqlResponse response = api.executor().execute(request, context, access(scope, api));
    if (response.completed().isEmpty()) {
      key.filter(unused -> response.status() == 200)
          .ifPresent(present -> cache.keep(present, response.body()));
    } else {
      int deleted = cache.evict(context.effects());
      if (deleted > 0) {
        response.body().putObject("extensions").put("apiCacheEntriesDeleted", deleted);
      }
    }
    return response;
  }

  /** The fields that the caller may see. */
  FieldAccess access(Scope scope, CompiledApi api) {
    return api.access(scope.caller());
  }
}
