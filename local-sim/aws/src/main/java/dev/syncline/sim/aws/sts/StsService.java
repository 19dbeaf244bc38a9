// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.aws.state.ServiceState;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * AWS STS. Every caller is the same user of the one account; credentials given out are remembered
 * in {@link AccessKeys} for those who verify signatures. Thread-safe.
 */
public final class StsService implements AwsService {
  private static final int DEFAULT_SECONDS = 3600;

  private final SimClock clock;
  private final Ids ids;
  private final AccessKeys keys;
  private final String account;
  private final String userId;

  /** The service for one account; takes note in {@code keys} of what it gives out. */
  public StsService(SimClock clock, Ids ids, AccessKeys keys, String account) {
    this.keys = keys;
    this.clock = clock;
    this.ids = ids;
    this.account = account;
    this.userId = "AIDA" + ids.upperAlphanumeric(17);
  }

  @Override
  public String signingName() {
    return "sts";
  }

  @Override
  public String title() {
    return "AWS STS";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.Query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of("GetCallerIdentity", this::getCallerIdentity),
        Operation.of(
            "AssumeRole",
            this::assumeRole,
            "RoleArn",
            "RoleSessionName",
            "DurationSeconds",
            "ExternalId",
            "Policy",
            "PolicyArns",
            "Tags",
            "SourceIdentity"));
  }

  @Override
  public ServiceState state() {
    return ServiceState.NONE;
  }

  private Output getCallerIdentity(Input input, CallContext context) {
    return Output.of(
        Json.object()
            .put("UserId", userId)
            .put("Account", account)
            .put("Arn", "arn:aws:iam::" + account + ":user/local"));
  }

  private Output assumeRole(Input input, CallContext context) {
    String roleArn = input.requiredText("RoleArn");
    String session = input.requiredText("RoleSessionName");
    int seconds = input.integer("DurationSeconds").orElse(DEFAULT_SECONDS);
    if (seconds < 900 || seconds > 43_200) {
      throw AwsException.badRequest(
          "ValidationException", "DurationSeconds must be 900 to 43200, got " + seconds + ".");
    }
    if (!session.matches("[\\w+=,.@-]{2,64}")) {
      throw AwsException.badRequest(
          "ValidationException",
          "RoleSessionName must be 2 to 64 characters of [\\w+=,.@-], got '" + session + "'.");
    }
    if (!Arn.isArn(roleArn) || !Arn.parse(roleArn).resource().startsWith("role/")) {
      throw AwsException.badRequest("ValidationException", roleArn + " is invalid");
    }
    String resource = Arn.parse(roleArn).resource();
    String roleName = resource.substring(resource.lastIndexOf('/') + 1);
    ObjectNode answer = Json.object();
    answer
        .putObject("AssumedRoleUser")
        .put("AssumedRoleId", "AROA" + ids.upperAlphanumeric(17) + ":" + session)
        .put(
            "Arn",
            "arn:aws:sts::"
                + Arn.parse(roleArn).account()
                + ":assumed-role/"
                + roleName
                + "/"
                + session);
    ObjectNode assumed = (ObjectNode) answer.get("AssumedRoleUser");
    Instant expires = clock.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
    String secret = ids.lowerAlphanumeric(40);
    String token = ids.lowerAlphanumeric(120);
    var key =
        new AccessKeys.AccessKey(
            "ASIA" + ids.upperAlphanumeric(16),
            secret,
            token,
            assumed.path("Arn").asText(),
            assumed.path("AssumedRoleId").asText(),
            expires);
    keys.add(key);
    answer
        .putObject("Credentials")
        .put("AccessKeyId", key.id())
        .put("SecretAccessKey", secret)
        .put("SessionToken", token)
        .put("Expiration", expires.toString());
    input.text("SourceIdentity").ifPresent(value -> answer.put("SourceIdentity", value));
    return Output.of(answer);
  }
}
