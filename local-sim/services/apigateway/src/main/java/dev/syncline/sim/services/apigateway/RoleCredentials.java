// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.RequestSigner;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assumes the roles of integrations, as API Gateway does: the role must exist and trust {@code
 * apigateway.amazonaws.com}. Credentials are kept for a part of their life. Thread-safe.
 */
final class RoleCredentials {
  /** AWS's name of the session. */
  private static final String SESSION = "BackplaneAssumeRoleSession";

  private static final String SERVICE = "apigateway.amazonaws.com";
  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final int MAX_ROLES = 1000;

  /** The credentials of an assumed role. */
  record Session(RequestSigner.Credentials credentials, Instant until) {}

  private final SimClock clock;
  private final Ids ids;
  private final Dispatcher dispatcher;

  /** By role. Guarded by itself. */
  private final Map<String, Session> sessions = BoundedMap.byUse(MAX_ROLES);

  RoleCredentials(SimClock clock, Ids ids, Dispatcher dispatcher) {
    this.clock = clock;
    this.ids = ids;
    this.dispatcher = dispatcher;
  }

  /**
   * The credentials of a role.
   *
   * @throws GatewayRejection when the gateway may not assume it
   */
  Session assume(Exchange exchange, String roleArn) throws GatewayRejection {
    synchronized (sessions) {
      Session kept = sessions.get(roleArn);
      if (kept != null && clock.now().isBefore(kept.until())) {
        return kept;
      }
    }
    var context =
        new CallContext(
            exchange.account(), exchange.region(), ids.uuid().toString(), "", new byte[0]);
    try {
      if (dispatcher.service("iam") != null && !trusts(roleArn, context)) {
        throw refused(roleArn);
      }
      ObjectNode input = Json.object().put("RoleArn", roleArn).put("RoleSessionName", SESSION);
      JsonNode issued =
          dispatcher.call("sts", "AssumeRole", input, context).json().path("Credentials");
      var session =
          new Session(
              new RequestSigner.Credentials(
                  issued.path("AccessKeyId").asText(),
                  issued.path("SecretAccessKey").asText(),
                  issued.path("SessionToken").asText()),
              clock.now().plus(KEPT));
      synchronized (sessions) {
        sessions.put(roleArn, session);
      }
      return session;
    } catch (AwsException unknown) {
      throw refused(roleArn);
    }
  }

  private boolean trusts(String roleArn, CallContext context) {
    String resource = Arn.parse(roleArn).resource();
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    ObjectNode input = Json.object().put("RoleName", name);
    JsonNode role = dispatcher.call("iam", "GetRole", input, context).json().path("Role");
    JsonNode document = document(role.path("AssumeRolePolicyDocument").asText());
    JsonNode statements = document.path("Statement");
    if (statements.isObject()) {
      return allows(statements);
    }
    for (JsonNode statement : statements) {
      if (allows(statement)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode document(@Nullable String encoded) {
    String text = encoded == null ? "" : encoded;
    try {
      String plain = text.startsWith("%") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
      return Json.MAPPER.readTree(plain);
    } catch (JsonProcessingException malformed) {
      // A policy that cannot be read trusts no service.
      return Json.object();
    }
  }

  private static boolean allows(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow")
        && (has(statement.path("Action"), "sts:AssumeRole")
            || has(statement.path("Action"), "sts:*")
            || has(statement.path("Action"), "*"))
        && (has(statement.path("Principal"), "*")
            || has(statement.path("Principal").path("Service"), SERVICE));
  }

  private static boolean has(JsonNode oneOrMore, String value) {
    if (oneOrMore.isTextual()) {
      return oneOrMore.textValue().equals(value);
    }
    for (JsonNode one : oneOrMore) {
      if (one.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static GatewayRejection refused(String roleArn) {
    return new GatewayRejection(
        GatewayResponseType.API_CONFIGURATION_ERROR,
        "Execution failed due to configuration error: API Gateway does not have permission to"
            + " assume the provided role "
            + roleArn);
  }
}
