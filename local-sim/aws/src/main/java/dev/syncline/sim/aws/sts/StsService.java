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
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * AWS Security Token Service. Credentials are not checked by the simulator, so a role can be
 * assumed by anyone; what is given out has the form that clients expect. Thread-safe.
 */
public final class StsService implements AwsService {
  private static final int LEAST_SECONDS = 900;
  private static final int MOST_SECONDS = 43_200;

  private final SimClock clock;
  private final Ids ids;

  /** The service. */
  public StsService(SimClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
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
        Operation.of("GetCallerIdentity", this::callerIdentity),
        Operation.of(
            "AssumeRole", this::assumeRole, "RoleArn", "RoleSessionName", "DurationSeconds"));
  }

  private Output callerIdentity(Input input, CallContext context) {
    ObjectNode json = Json.object();
    json.put("UserId", "AIDASIMULATOR0000000");
    json.put("Account", context.account());
    json.put("Arn", "arn:aws:iam::" + context.account() + ":user/simulator");
    return Output.of(json);
  }

  private Output assumeRole(Input input, CallContext context) {
    String role = input.requiredText("RoleArn");
    String session = input.requiredText("RoleSessionName");
    int seconds = input.integer("DurationSeconds").orElse(3_600);
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
      throw AwsException.badRequest(
          "ValidationError",
          "DurationSeconds must be " + LEAST_SECONDS + " to " + MOST_SECONDS + ", got " + seconds);
    }
    Arn arn;
    try {
      arn = Arn.parse(role);
    } catch (IllegalArgumentException malformed) {
      throw AwsException.badRequest("ValidationError", role + " is invalid");
    }
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    ObjectNode json = Json.object();
    ObjectNode credentials = json.putObject("Credentials");
    credentials.put("AccessKeyId", "ASIA" + ids.upperAlphanumeric(16));
    credentials.put("SecretAccessKey", ids.lowerAlphanumeric(40));
    credentials.put("SessionToken", ids.lowerAlphanumeric(120));
    credentials.put(
        "Expiration",
        clock.now().plus(Duration.ofSeconds(seconds)).truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode user = json.putObject("AssumedRoleUser");
    user.put("AssumedRoleId", "AROA" + ids.upperAlphanumeric(17) + ":" + session);
    user.put("Arn", "arn:aws:sts::" + arn.account() + ":assumed-role/" + name + "/" + session);
    return Output.of(json);
  }
}
