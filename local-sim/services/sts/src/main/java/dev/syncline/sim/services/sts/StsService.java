// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.UniqueIds;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.state.ServiceState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * AWS STS. Who signs with credentials given out here is their session; every other caller is the
 * same user of the one account. Credentials given out are remembered in {@link AccessKeyStore} for
 * those who verify signatures. Nothing is enforced: any role can be assumed. Thread-safe.
 */
public final class StsService implements AwsService {
  private static final int DEFAULT_SECONDS = 3600;
  private static final int DEFAULT_USER_SECONDS = 43_200;
  private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]*");

  private final SimClock clock;
  private final Ids ids;
  private final AccessKeyStore keys;
  private final String account;
  private final String userId;
  private final Function<String, Optional<String>> roleIds;

  /**
   * The service for one account; takes note in {@code keys} of what it gives out.
   *
   * @param roleIds the unique id of a role by its ARN, empty for a role that IAM does not have
   */
  public StsService(
      SimClock clock,
      Ids ids,
      AccessKeyStore keys,
      String account,
      Function<String, Optional<String>> roleIds) {
    this.keys = keys;
    this.clock = clock;
    this.ids = ids;
    this.account = account;
    this.userId = "AIDA" + ids.upperAlphanumeric(17);
    this.roleIds = roleIds;
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
        Operation.of("GetAccessKeyInfo", this::getAccessKeyInfo, "AccessKeyId"),
        Operation.of(
            "GetSessionToken",
            this::getSessionToken,
            "DurationSeconds",
            "SerialNumber",
            "TokenCode"),
        Operation.of(
            "GetFederationToken",
            this::getFederationToken,
            "Name",
            "Policy",
            "PolicyArns",
            "DurationSeconds",
            "Tags"),
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
    Optional<AccessKey> session = session(context);
    String arn = session.map(AccessKey::principalArn).orElse(userArn());
    return Output.of(
        Json.object()
            .put("UserId", session.map(AccessKey::userId).orElse(userId))
            .put("Account", Arn.parse(arn).account())
            .put("Arn", arn));
  }

  /** The key that the call is signed with, when it is one of ours and temporary. */
  private Optional<AccessKey> session(CallContext context) {
    Optional<AccessKey> key =
        keys.find(context.accessKeyId()).filter(found -> found.sessionToken() != null);
    if (key.isPresent() && !key.get().valid(clock.now())) {
      throw new AwsException(
          "ExpiredToken", 403, "The security token included in the request is expired");
    }
    return key;
  }

  private String userArn() {
    return "arn:aws:iam::" + account + ":user/local";
  }

  private Output getAccessKeyInfo(Input input, CallContext context) {
    String id = input.requiredText("AccessKeyId");
    String owner =
        keys.find(id).map(key -> Arn.parse(key.principalArn()).account()).orElse(account);
    return Output.of(Json.object().put("Account", owner));
  }

  private Output getSessionToken(Input input, CallContext context) {
    if (session(context).isPresent()) {
      throw new AwsException(
          "AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
    }
    Constraints.of(input).range("DurationSeconds", 900, 129_600).verify("ValidationError");
    int seconds = input.integer("DurationSeconds").orElse(DEFAULT_USER_SECONDS);
    ObjectNode answer = Json.object();
    answer.set("Credentials", credentials(userArn(), userId, seconds));
    return Output.of(answer);
  }

  private Output getFederationToken(Input input, CallContext context) {
    if (session(context).isPresent()) {
      throw new AwsException(
          "AccessDenied", 403, "Cannot call GetFederationToken with session credentials");
    }
    String name = input.requiredText("Name");
    Constraints.of(input)
        .length("Name", 2, 32)
        .range("DurationSeconds", 900, 129_600)
        .verify("ValidationError");
    requireSessionName("name", name);
    int seconds = input.integer("DurationSeconds").orElse(DEFAULT_USER_SECONDS);
    String arn = "arn:aws:sts::" + account + ":federated-user/" + name;
    String id = account + ":" + name;
    ObjectNode answer = Json.object();
    answer.set("Credentials", credentials(arn, id, seconds));
    answer.putObject("FederatedUser").put("FederatedUserId", id).put("Arn", arn);
    return Output.of(answer);
  }

  private Output assumeRole(Input input, CallContext context) {
    session(context);
    String roleArn = input.requiredText("RoleArn");
    String session = input.requiredText("RoleSessionName");
    Constraints.of(input)
        .length("RoleArn", 20, 2048)
        .length("RoleSessionName", 2, 64)
        .range("DurationSeconds", 900, 43_200)
        .verify("ValidationError");
    requireSessionName("roleSessionName", session);
    if (!Arn.isArn(roleArn) || !Arn.parse(roleArn).resource().startsWith("role/")) {
      throw AwsException.badRequest("ValidationError", roleArn + " is invalid");
    }
    String resource = Arn.parse(roleArn).resource();
    String roleName = resource.substring(resource.lastIndexOf('/') + 1);
    String owner = Arn.parse(roleArn).account();
    String roleId = roleIds.apply(roleArn).orElseGet(() -> UniqueIds.of("AROA", roleArn));
    String id = roleId + ":" + session;
    String arn = "arn:aws:sts::" + owner + ":assumed-role/" + roleName + "/" + session;
    ObjectNode answer = Json.object();
    answer.putObject("AssumedRoleUser").put("AssumedRoleId", id).put("Arn", arn);
    int seconds = input.integer("DurationSeconds").orElse(DEFAULT_SECONDS);
    answer.set("Credentials", credentials(arn, id, seconds));
    input.text("SourceIdentity").ifPresent(value -> answer.put("SourceIdentity", value));
    return Output.of(answer);
  }

  private static void requireSessionName(String member, String value) {
    if (!SESSION.matcher(value).matches()) {
      throw AwsException.badRequest(
          "ValidationError",
          "1 validation error detected: Value '"
              + value
              + "' at '"
              + member
              + "' failed to satisfy constraint: Member must satisfy regular expression pattern:"
              + " [\\w+=,.@-]*");
    }
  }

  /** New credentials of a principal, remembered. */
  private ObjectNode credentials(String arn, String id, int seconds) {
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
