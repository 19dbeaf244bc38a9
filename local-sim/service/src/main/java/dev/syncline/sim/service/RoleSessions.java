// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.BoundedMap;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.http.RequestSigner;
import dev.syncline.sim.service.settings.IamMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assumes roles on behalf of a service: the role must exist and trust the service. Credentials are
 * kept for a part of their life. Thread-safe.
 */
public final class RoleSessions {
  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final int MAX_ROLES = 1000;

  private record Session(RequestSigner.Credentials credentials, Instant until) {}

  private final SimClock clock;
  private final Dispatcher dispatcher;
  private final String principal;
  private final String sessionName;

  /** By role. Guarded by itself. */
  private final Map<String, Session> sessions = BoundedMap.byUse(MAX_ROLES);

  /**
   * Sessions of one service.
   *
   * @param principal the service, such as {@code apigateway.amazonaws.com}
   * @param sessionName AWS's name of the session
   */
  public RoleSessions(SimClock clock, Dispatcher dispatcher, String principal, String sessionName) {
    this.clock = clock;
    this.dispatcher = dispatcher;
    this.principal = principal;
    this.sessionName = sessionName;
  }

  /**
   * The credentials of a role; empty when the service may not assume it.
   *
   * @param sourceArn the resource that the role is assumed for
   */
  public Optional<RequestSigner.Credentials> assume(
      String roleArn, CallContext context, String sourceArn) {
    var service = new CallPrincipal.Service(principal, sourceArn, context.account());
    if (dispatcher
        .permissions()
        .denial(AccessCheck.of("sts:AssumeRole", roleArn), context.as(service))
        .isPresent()) {
      return Optional.empty();
    }
    synchronized (sessions) {
      Session kept = sessions.get(roleArn);
      if (kept != null && clock.now().isBefore(kept.until())) {
        return Optional.of(kept.credentials());
      }
    }
    try {
      if (!Arn.isArn(roleArn) || !trusts(roleArn, context)) {
        return Optional.empty();
      }
      ObjectNode input = Json.object().put("RoleArn", roleArn).put("RoleSessionName", sessionName);
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
      return Optional.of(session.credentials());
    } catch (AwsException unknown) {
      return Optional.empty();
    }
  }

  private boolean trusts(String roleArn, CallContext context) {
    return dispatcher.permissions().mode() == IamMode.ENFORCE
        || dispatcher.service("iam") == null
        || names(roleArn, context);
  }

  /** Whether the trust policy names the service; conditions are not evaluated. */
  private boolean names(String roleArn, CallContext context) {
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

  private boolean allows(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow")
        && (has(statement.path("Action"), "sts:AssumeRole")
            || has(statement.path("Action"), "sts:*")
            || has(statement.path("Action"), "*"))
        && (has(statement.path("Principal"), "*")
            || has(statement.path("Principal").path("Service"), principal));
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
}
