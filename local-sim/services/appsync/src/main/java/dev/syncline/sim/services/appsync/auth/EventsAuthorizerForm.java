// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.ApiConfig;
import dev.syncline.sim.events.AuthDecision;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthRequest;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.JsonText;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.kernel.Ids;
import java.util.Optional;

/**
 * How Event APIs ask a Lambda authorizer. Answers are cached for each operation and channel: an
 * answer may depend on each of them. Thread-safe.
 */
record EventsAuthorizerForm(Ids ids, String account, EventsLimits limits) {
  LambdaAuthorizer.Form of(ApiConfig api, String token, AuthRequest request) {
    return new LambdaAuthorizer.Form() {
      @Override
      public String scope() {
        return api.apiId()
            + " "
            + request.operation()
            + " "
            + Optional.ofNullable(request.channel()).orElse("");
      }

      @Override
      public ObjectNode event() {
        return EventsAuthorizerForm.this.event(api, token, request);
      }

      @Override
      public AuthDecision granted(JsonNode answer) {
        return EventsAuthorizerForm.this.granted(answer);
      }
    };
  }

  private AuthDecision granted(JsonNode said) {
    ObjectNode identity = JsonNodeFactory.instance.objectNode();
    JsonNode context = said.path("handlerContext");
    int most = limits.authorizerContextBytes();
    if (JsonText.utf8Length(context.toString()) > most) {
      return Refusal.unauthorized(
          "the authorizer's handlerContext is larger than " + most + " bytes");
    }
    identity.set(
        "handlerContext", context.isObject() ? context : JsonNodeFactory.instance.objectNode());
    return new AuthDecision.Granted(AuthMode.AWS_LAMBDA, identity);
  }

  /** For connecting, the real event omits the channel's members; the guide shows null. */
  private ObjectNode event(ApiConfig api, String token, AuthRequest request) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("authorizationToken", token);
    ObjectNode context =
        event
            .putObject("requestContext")
            .put("apiId", api.apiId())
            .put("accountId", account)
            .put("requestId", ids.uuid().toString())
            .put("operation", "EVENT_" + request.operation().name());
    if (request.channel() != null || limits.behaviour().connectChannelNull()) {
      context.put("channelNamespaceName", request.namespace()).put("channel", request.channel());
    }
    ObjectNode headers = event.putObject("requestHeaders");
    request.caller().headers().forEach(headers::put);
    return event;
  }
}
