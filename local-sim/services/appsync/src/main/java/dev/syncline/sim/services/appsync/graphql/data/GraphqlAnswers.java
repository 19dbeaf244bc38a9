// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.RequestEffects.Effect.ResponseHeader;
import dev.syncline.sim.graphql.execution.GraphqlResponse;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the HTTP answers of GraphQL APIs. Stateless and thread-safe. */
final class GraphqlAnswers {
  /** A request up to 1,500 KB-seconds costs one token; the simulator does not measure more. */
  static final int TOKENS = 1;

  private GraphqlAnswers() {}

  /** The answer of an execution, with the headers that resolvers added. */
  static HttpResponse executed(String requestId, GraphqlResponse response, RequestEffects effects) {
    Headers headers = common(requestId);
    if (response.status() >= 400) {
      String errorType = response.body().path("errors").path(0).path("errorType").asText();
      headers = headers.with("x-amzn-ErrorType", errorType);
    }
    for (ResponseHeader added : added(effects).values()) {
      headers = headers.with(added.name(), added.value());
    }
    return json(response.status(), headers, response.body());
  }

  /** The last definition of a header counts. */
  private static Map<String, ResponseHeader> added(RequestEffects effects) {
    var byName = new LinkedHashMap<String, ResponseHeader>();
    for (RequestEffects.Effect effect : effects.all()) {
      if (effect instanceof ResponseHeader header) {
        byName.put(header.name().toLowerCase(Locale.ROOT), header);
      }
    }
    return byName;
  }

  /** The answer to a refused request. */
  static HttpResponse refused(String requestId, Refusal refusal) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putArray("errors").addObject().put("errorType", refusal.errorType());
    Json.putIfPresent(error, "message", refusal.message());
    return json(
        refusal.status(), common(requestId).with("x-amzn-ErrorType", refusal.errorType()), body);
  }

  /** The headers of every answer. */
  static Headers common(String requestId) {
    return Headers.of(
        "x-amzn-RequestId",
        requestId,
        "x-amzn-appsync-TokensConsumed",
        String.valueOf(TOKENS),
        "Access-Control-Allow-Origin",
        "*",
        "Access-Control-Expose-Headers",
        "x-amzn-RequestId,x-amzn-ErrorType,x-amz-user-agent,x-amzn-ErrorMessage,Date,"
            + "x-amz-schema-version,x-amzn-appsync-TokensConsumed");
  }

  private static HttpResponse json(int status, Headers headers, ObjectNode body) {
    return new HttpResponse(
        status,
        headers.with("Content-Type", "application/json;charset=UTF-8"),
        Json.writeBytes(body));
  }
}
