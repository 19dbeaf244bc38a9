// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.AccessKeys.SessionFacts;
import dev.syncline.sim.service.contract.AssumableRoles.AssumableRole;
import dev.syncline.sim.services.sts.SessionFactory.Principal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operations that issue temporary credentials to callers with credentials. Durations are in
 * seconds. Thread-safe.
 */
record SessionOperations(SessionFactory sessions, StsCallers callers, String account) {
  private static final int MIN_SECONDS = 900;
  private static final int MAX_USER_SECONDS = 129_600;
  private static final int MAX_ROLE_SECONDS = 43_200;
  private static final int MAX_CHAINED_SECONDS = 3600;
  private static final int DEFAULT_USER_SECONDS = 43_200;
  private static final int DEFAULT_ROLE_SECONDS = 3600;
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]*");

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "GetSessionToken: DurationSeconds, SerialNumber, TokenCode", this::getSessionToken),
        Operation.of(
            "GetFederationToken: Name, Policy, PolicyArns, DurationSeconds, Tags",
            this::getFederationToken),
        Operation.of(
            """
            AssumeRole: RoleArn, RoleSessionName, DurationSeconds, ExternalId, Policy,
              PolicyArns, Tags, TransitiveTagKeys, SourceIdentity, SerialNumber, TokenCode
            """,
            this::assumeRole));
  }

  private Output getSessionToken(Input input, CallContext context) {
    callers.requireNoSession(context, "GetSessionToken");
    Constraints.of(input)
        .range("DurationSeconds", MIN_SECONDS, MAX_USER_SECONDS)
        .verify(StsErrors.VALIDATION);
    ObjectNode answer = Json.object();
    answer.set(
        "Credentials",
        SessionFactory.json(
            sessions.issue(
                callers.of(context),
                duration(input, DEFAULT_USER_SECONDS),
                ofUser(context, SessionOptions.read(input, Optional.empty()), mfa(input)))));
    return Output.of(answer);
  }

  private Output getFederationToken(Input input, CallContext context) {
    callers.requireNoSession(context, "GetFederationToken");
    String name = input.requiredText("Name");
    Constraints.of(input)
        .length("Name", 2, 32)
        .length("Policy", 1, 2048)
        .range("DurationSeconds", MIN_SECONDS, MAX_USER_SECONDS)
        .verify(StsErrors.VALIDATION);
    requireName("name", name);
    var options = SessionOptions.read(input, sessions.roles().get());
    var federated = new Principal(StsArns.federatedUser(account, name), account + ":" + name);
    ObjectNode answer = Json.object();
    answer.set(
        "Credentials",
        SessionFactory.json(
            sessions.issue(
                federated,
                duration(input, DEFAULT_USER_SECONDS),
                ofUser(context, options, false))));
    answer
        .putObject("FederatedUser")
        .put("FederatedUserId", federated.id())
        .put("Arn", federated.arn());
    options.addSize(answer);
    return Output.of(answer);
  }

  private SessionFacts ofUser(CallContext context, SessionOptions options, boolean mfa) {
    return new SessionFacts(
        null,
        callers.iamUser(context).orElse(null),
        sessions.clock().now(),
        options.policies(),
        options.tags(),
        List.of(),
        null,
        mfa,
        null,
        Map.of());
  }

  private Output assumeRole(Input input, CallContext context) {
    // Refuses an expired session.
    Optional<SessionFacts> chained = callers.session(context);
    String roleArn = input.requiredText("RoleArn");
    String session = input.requiredText("RoleSessionName");
    Constraints.of(input)
        .length("RoleArn", 20, 2048)
        .length("RoleSessionName", 2, 64)
        .length("ExternalId", 2, 1224)
        .length("Policy", 1, 2048)
        .length("SourceIdentity", 2, 64)
        .range("DurationSeconds", MIN_SECONDS, MAX_ROLE_SECONDS)
        .verify(StsErrors.VALIDATION);
    requireName("roleSessionName", session);
    requireRoleArn(roleArn);
    var options = SessionOptions.read(input, sessions.roles().get());
    Duration duration = duration(input, DEFAULT_ROLE_SECONDS);
    if (callers.isRole(context) && duration.toSeconds() > MAX_CHAINED_SECONDS) {
      throw StsErrors.chainedTooLong();
    }
    requireDuration(sessions, roleArn, duration);
    String sourceIdentity = sourceIdentity(input, chained);
    var facts =
        new SessionFacts(
            sessions.role(roleArn).map(AssumableRole::arn).orElse(roleArn),
            null,
            sessions.clock().now(),
            options.policies(),
            tags(options, chained),
            transitive(options, chained),
            sourceIdentity,
            mfa(input),
            null,
            Map.of());
    return Output.of(assumed(sessions, roleArn, session, duration, facts, options));
  }

  /** The answer with the credentials of a role. */
  static ObjectNode assumed(
      SessionFactory sessions,
      String roleArn,
      String session,
      Duration duration,
      SessionFacts facts,
      SessionOptions options) {
    Principal principal = sessions.ofRole(roleArn, session);
    ObjectNode answer = Json.object();
    answer
        .putObject("AssumedRoleUser")
        .put("AssumedRoleId", principal.id())
        .put("Arn", principal.arn());
    answer.set("Credentials", SessionFactory.json(sessions.issue(principal, duration, facts)));
    if (facts.sourceIdentity() != null) {
      answer.put("SourceIdentity", facts.sourceIdentity());
    }
    options.addSize(answer);
    return answer;
  }

  /** Refuses what is not the ARN of a role. */
  static void requireRoleArn(String roleArn) {
    if (!Arn.isArn(roleArn) || !Arn.parse(roleArn).resource().startsWith("role/")) {
      throw StsErrors.invalidRoleArn(roleArn);
    }
  }

  /** Refuses a session that is longer than the role allows. */
  static void requireDuration(SessionFactory sessions, String roleArn, Duration duration) {
    sessions
        .role(roleArn)
        .filter(role -> duration.toSeconds() > role.maxSeconds())
        .ifPresent(
            role -> {
              throw StsErrors.longerThanRoleAllows();
            });
  }

  /** Refuses a text that cannot be the name of a session. */
  static void requireName(String member, String value) {
    if (!NAME.matcher(value).matches()) {
      throw StsErrors.invalidName(member, value);
    }
  }

  static Duration duration(Input input, int otherwise) {
    return Duration.ofSeconds(input.integer("DurationSeconds").orElse(otherwise));
  }

  private static boolean mfa(Input input) {
    return input.has("SerialNumber") && input.has("TokenCode");
  }

  /** A source identity stays the same in every session that is begun from a session. */
  private static @Nullable String sourceIdentity(Input input, Optional<SessionFacts> chained) {
    String kept = chained.map(SessionFacts::sourceIdentity).orElse(null);
    return kept == null ? input.text("SourceIdentity").orElse(null) : kept;
  }

  private static Map<String, String> tags(SessionOptions options, Optional<SessionFacts> chained) {
    var tags = new LinkedHashMap<>(options.tags());
    chained.ifPresent(
        facts ->
            facts
                .transitiveTags()
                .forEach(key -> tags.put(key, facts.tags().getOrDefault(key, ""))));
    return tags;
  }

  private static List<String> transitive(SessionOptions options, Optional<SessionFacts> chained) {
    var keys = new TreeSet<>(options.transitive());
    keys.retainAll(options.tags().keySet());
    chained.ifPresent(facts -> keys.addAll(facts.transitiveTags()));
    return List.copyOf(keys);
  }
}
