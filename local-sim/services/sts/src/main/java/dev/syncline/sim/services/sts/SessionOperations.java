// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.UniqueIds;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The operations that issue temporary credentials. Durations are in seconds. Thread-safe.
 *
 * @param roleIds the unique id of a role by its ARN, empty for a role that IAM does not have
 */
record SessionOperations(
    SimClock clock,
    Ids ids,
    AccessKeyStore keys,
    String account,
    String userId,
    Function<String, Optional<String>> roleIds) {
  private static final int MIN_SECONDS = 900;
  private static final int MAX_USER_SECONDS = 129_600;
  private static final int MAX_ROLE_SECONDS = 43_200;
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
              PolicyArns, Tags, SourceIdentity
            """,
            this::assumeRole));
  }

  private Output getSessionToken(Input input, CallContext context) {
    requireNoSession(context, "GetSessionToken");
    Constraints.of(input)
        .range("DurationSeconds", MIN_SECONDS, MAX_USER_SECONDS)
        .verify(StsErrors.VALIDATION);
    int seconds = input.integer("DurationSeconds").orElse(DEFAULT_USER_SECONDS);
    ObjectNode answer = Json.object();
    answer.set("Credentials", issue(StsArns.user(account), userId, seconds));
    return Output.of(answer);
  }

  private Output getFederationToken(Input input, CallContext context) {
    requireNoSession(context, "GetFederationToken");
    String name = input.requiredText("Name");
    Constraints.of(input)
        .length("Name", 2, 32)
        .range("DurationSeconds", MIN_SECONDS, MAX_USER_SECONDS)
        .verify(StsErrors.VALIDATION);
    requireName("name", name);
    int seconds = input.integer("DurationSeconds").orElse(DEFAULT_USER_SECONDS);
    String arn = StsArns.federatedUser(account, name);
    String id = account + ":" + name;
    ObjectNode answer = Json.object();
    answer.set("Credentials", issue(arn, id, seconds));
    answer.putObject("FederatedUser").put("FederatedUserId", id).put("Arn", arn);
    return Output.of(answer);
  }

  private Output assumeRole(Input input, CallContext context) {
    // Refuses an expired session.
    keys.session(context.accessKeyId(), clock.now());
    String roleArn = input.requiredText("RoleArn");
    String session = input.requiredText("RoleSessionName");
    Constraints.of(input)
        .length("RoleArn", 20, 2048)
        .length("RoleSessionName", 2, 64)
        .range("DurationSeconds", MIN_SECONDS, MAX_ROLE_SECONDS)
        .verify(StsErrors.VALIDATION);
    requireName("roleSessionName", session);
    if (!Arn.isArn(roleArn) || !Arn.parse(roleArn).resource().startsWith("role/")) {
      throw StsErrors.invalidRoleArn(roleArn);
    }
    String resource = Arn.parse(roleArn).resource();
    String roleName = resource.substring(resource.lastIndexOf('/') + 1);
    String roleId = roleIds.apply(roleArn).orElseGet(() -> UniqueIds.of("AROA", roleArn));
    String id = roleId + ":" + session;
    String arn = StsArns.assumedRole(Arn.parse(roleArn).account(), roleName, session);
    ObjectNode answer = Json.object();
    answer.putObject("AssumedRoleUser").put("AssumedRoleId", id).put("Arn", arn);
    int seconds = input.integer("DurationSeconds").orElse(DEFAULT_ROLE_SECONDS);
    answer.set("Credentials", issue(arn, id, seconds));
    input.text("SourceIdentity").ifPresent(value -> answer.put("SourceIdentity", value));
    return Output.of(answer);
  }

  private void requireNoSession(CallContext context, String operation) {
    if (keys.session(context.accessKeyId(), clock.now()).isPresent()) {
      throw StsErrors.calledWithSession(operation);
    }
  }

  private static void requireName(String member, String value) {
    if (!NAME.matcher(value).matches()) {
      throw StsErrors.invalidName(member, value);
    }
  }

  /** Creates credentials of a principal and stores them. */
  private ObjectNode issue(String arn, String id, int seconds) {
    Instant expires = clock.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
    String secret = ids.lowerAlphanumeric(40);
    String token = ids.lowerAlphanumeric(120);
    var key = new AccessKey("ASIA" + ids.upperAlphanumeric(16), secret, token, arn, id, expires);
    keys.add(key);
    return Json.object()
        .put("AccessKeyId", key.id())
        .put("SecretAccessKey", secret)
        .put("SessionToken", token)
        .put("Expiration", expires.toString());
  }
}
