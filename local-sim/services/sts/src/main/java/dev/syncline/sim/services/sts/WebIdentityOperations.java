// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.contract.AccessKeys.SessionFacts;
import dev.syncline.sim.service.contract.AssumableRoles.AssumableRole;
import dev.syncline.sim.services.sts.WebIdentityTokens.WebIdentity;
import java.time.Duration;
import java.util.List;

/**
 * The operation that web identities assume roles with. Its caller has no credentials. Thread-safe.
 *
 * @param enforced whether trust policies are evaluated
 */
record WebIdentityOperations(SessionFactory sessions, WebIdentityTokens tokens, boolean enforced) {
  private static final int MIN_SECONDS = 900;
  private static final int MAX_SECONDS = 43_200;
  private static final int DEFAULT_SECONDS = 3600;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            AssumeRoleWithWebIdentity: RoleArn, RoleSessionName, WebIdentityToken,
              DurationSeconds, Policy, PolicyArns
            """,
            this::assume));
  }

  private Output assume(Input input, CallContext context) {
    String roleArn = input.requiredText("RoleArn");
    String session = input.requiredText("RoleSessionName");
    String token = input.requiredText("WebIdentityToken");
    Constraints.of(input)
        .length("RoleArn", 20, 2048)
        .length("RoleSessionName", 2, 64)
        .secretLength("WebIdentityToken", 4, 20_000)
        .length("Policy", 1, 2048)
        .range("DurationSeconds", MIN_SECONDS, MAX_SECONDS)
        .verify(StsErrors.VALIDATION);
    SessionOperations.requireName("roleSessionName", session);
    SessionOperations.requireRoleArn(roleArn);
    var options = SessionOptions.read(input, sessions.roles().get());
    WebIdentity identity = tokens.verify(token);
    if (enforced
        && sessions
            .roles()
            .get()
            .filter(
                known -> !known.trustsWebIdentity(roleArn, identity.provider(), identity.keys()))
            .isPresent()) {
      throw StsErrors.webIdentityDenied();
    }
    Duration duration = SessionOperations.duration(input, DEFAULT_SECONDS);
    SessionOperations.requireDuration(sessions, roleArn, duration);
    var facts =
        new SessionFacts(
            sessions.role(roleArn).map(AssumableRole::arn).orElse(roleArn),
            null,
            sessions.clock().now(),
            options.policies(),
            options.tags(),
            List.of(),
            null,
            false,
            identity.provider(),
            identity.keys());
    ObjectNode answer =
        SessionOperations.assumed(sessions, roleArn, session, duration, facts, options);
    return Output.of(
        answer
            .put("SubjectFromWebIdentityToken", identity.subject())
            .put("Provider", identity.provider())
            .put("Audience", identity.audience()));
  }
}
