// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.RequestEffects.Effect.LogLine;
import dev.syncline.sim.graphql.execution.FieldAccess;
import dev.syncline.sim.graphql.execution.GraphqlRefusal;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import dev.syncline.sim.graphql.execution.GraphqlResponse;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.auth.GraphqlCaller;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
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
          requestId, caller.authType(), caller.identity(), headers, null, environment, effects);
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
            : api.get()
                .executor()
                .execute(request, scope.context(effects), access(scope, api.get())),
        effects);
  }

  /** The fields that the caller may see. */
  FieldAccess access(Scope scope, CompiledApi api) {
    return api.access(scope.caller());
  }
}
