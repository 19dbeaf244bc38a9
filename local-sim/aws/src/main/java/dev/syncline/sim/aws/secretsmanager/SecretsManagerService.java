// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.secretsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * AWS Secrets Manager: secrets, versions and stages. Values are kept in memory and never logged.
 * Thread-safe.
 */
public final class SecretsManagerService implements AwsService {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
  private static final int MOST_BYTES = 65_536;

  private final SimClock clock;
  private final Ids ids;
  private final Passwords passwords;
  private final SecretStore secrets = new SecretStore();

  /** The service without secrets. */
  public SecretsManagerService(SimClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
    this.passwords = new Passwords(ids);
  }

  @Override
  public String signingName() {
    return "secretsmanager";
  }

  @Override
  public String title() {
    return "AWS Secrets Manager";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("secretsmanager", "1.1");
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(
            "CreateSecret",
            this::create,
            "Name",
            "ClientRequestToken",
            "Description",
            "KmsKeyId",
            "SecretBinary",
            "SecretString",
            "Tags",
            "ForceOverwriteReplicaSecret"),
        Operation.of("DescribeSecret", this::describe, "SecretId"),
        Operation.of("GetSecretValue", this::value, "SecretId", "VersionId", "VersionStage"),
        Operation.of(
            "PutSecretValue",
            this::put,
            "SecretId",
            "ClientRequestToken",
            "SecretBinary",
            "SecretString",
            "VersionStages"),
        Operation.of(
            "UpdateSecret",
            this::update,
            "SecretId",
            "ClientRequestToken",
            "Description",
            "KmsKeyId",
            "SecretBinary",
            "SecretString"),
        Operation.of(
            "DeleteSecret",
            this::delete,
            "SecretId",
            "RecoveryWindowInDays",
            "ForceDeleteWithoutRecovery"),
        Operation.of("RestoreSecret", this::restore, "SecretId"),
        Operation.of(
            "ListSecrets", this::list, "IncludePlannedDeletion", "MaxResults", "NextToken"),
        Operation.of("GetResourcePolicy", this::policy, "SecretId"),
        Operation.of("GetRandomPassword", passwords::generate, Passwords.MEMBERS),
        Operation.of("TagResource", this::tag, "SecretId", "Tags"),
        Operation.of("UntagResource", this::untag, "SecretId", "TagKeys"));
  }

  private Output create(Input input, CallContext context) {
    String name = input.requiredText("Name");
    if (!NAME.matcher(name).matches()) {
      throw AwsException.badRequest(
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    Instant now = clock.now();
    var secret =
        new Secret(
            context.arn("secretsmanager", "secret:" + name + "-" + suffix()),
            name,
            input.text("Description").orElse(null),
            input.text("KmsKeyId").orElse(null),
            name.startsWith("events!") ? "events" : null,
            now,
            now,
            null,
            tagsOf(input),
            Map.of());
    Secret.Version version = version(input, List.of(Secret.CURRENT));
    Secret stored = version == null ? secret : secret.withVersion(version, now);
    secrets.add(stored);
    ObjectNode json = identity(stored);
    if (version != null) {
      json.put("VersionId", version.id());
    }
    return Output.of(json);
  }

  private Output describe(Input input, CallContext context) {
    return Output.of(
        details(secrets.require(input.requiredText("SecretId")), "VersionIdsToStages"));
  }

  private Output value(Input input, CallContext context) {
    Secret secret = secrets.requireLive(input.requiredText("SecretId"));
    String versionId = input.text("VersionId").orElse("");
    String stage = input.text("VersionStage").orElse(versionId.isEmpty() ? Secret.CURRENT : "");
    Secret.Version version =
        versionId.isEmpty() ? secret.staged(stage) : secret.versions().get(versionId);
    if (version == null || !stage.isEmpty() && !version.stages().contains(stage)) {
      throw AwsException.badRequest(
          "ResourceNotFoundException",
          "Secrets Manager can't find the specified secret value for "
              + (versionId.isEmpty() ? "staging label: " + stage : "VersionId: " + versionId));
    }
    ObjectNode json = identity(secret);
    json.put("VersionId", version.id());
    if (version.text() != null) {
      json.put("SecretString", version.text());
    }
    if (version.binary() != null) {
      json.put("SecretBinary", version.binary());
    }
    json.set("VersionStages", Json.texts(version.stages()));
    json.set("CreatedDate", Json.epochSeconds(version.created()));
    return Output.of(json);
  }

  private Output put(Input input, CallContext context) {
    String id = input.requiredText("SecretId");
    secrets.requireLive(id);
    List<String> stages = input.texts("VersionStages");
    Secret.Version version = version(input, stages.isEmpty() ? List.of(Secret.CURRENT) : stages);
    if (version == null) {
      throw AwsException.badRequest(
          "InvalidRequestException", "You must provide either SecretString or SecretBinary.");
    }
    return Output.of(added(id, version));
  }

  private Output update(Input input, CallContext context) {
    String id = input.requiredText("SecretId");
    secrets.requireLive(id);
    Instant now = clock.now();
    Secret changed =
        secrets.update(
            id,
            secret ->
                secret.withDescription(
                    input.text("Description").orElse(secret.description()),
                    input.text("KmsKeyId").orElse(secret.kmsKeyId()),
                    now));
    Secret.Version version = version(input, List.of(Secret.CURRENT));
    if (version == null) {
      return Output.of(identity(changed));
    }
    ObjectNode json = added(id, version);
    json.remove("VersionStages");
    return Output.of(json);
  }

  private ObjectNode added(String id, Secret.Version version) {
    Secret changed =
        secrets.update(
            id,
            secret -> {
              Secret.Version present = secret.versions().get(version.id());
              if (present == null) {
                return secret.withVersion(version, clock.now());
              }
              // The same token again: nothing to do when it brings the same value.
              if (!java.util.Objects.equals(present.text(), version.text())
                  || !java.util.Objects.equals(present.binary(), version.binary())) {
                throw AwsException.badRequest(
                    "ResourceExistsException",
                    "The operation failed because the ClientRequestToken was used with another"
                        + " value.");
              }
              return secret;
            });
    ObjectNode json = identity(changed);
    json.put("VersionId", version.id());
    json.set("VersionStages", Json.texts(version.stages()));
    return json;
  }

  private Output delete(Input input, CallContext context) {
    String id = input.requiredText("SecretId");
    boolean force = input.bool("ForceDeleteWithoutRecovery", false);
    long days = input.longInteger("RecoveryWindowInDays").orElse(30);
    if (force && input.has("RecoveryWindowInDays")) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days < 7 || days > 30) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    Instant now = clock.now();
    Instant at = force ? now : now.plus(Duration.ofDays(days));
    Secret secret = secrets.update(id, live -> live.withDeletion(at, now));
    if (force) {
      secrets.remove(secret.name(), true);
    } else {
      clock.schedule(
          TimerKind.BACKGROUND, Duration.ofDays(days), () -> secrets.remove(secret.name(), false));
    }
    ObjectNode json = identity(secret);
    json.set("DeletionDate", Json.epochSeconds(at));
    return Output.of(json);
  }

  private Output restore(Input input, CallContext context) {
    return Output.of(
        identity(
            secrets.update(
                input.requiredText("SecretId"), secret -> secret.withDeletion(null, clock.now()))));
  }

  private Output list(Input input, CallContext context) {
    boolean planned = input.bool("IncludePlannedDeletion", false);
    List<Secret> all =
        secrets.all().stream().filter(secret -> planned || secret.deleteAt() == null).toList();
    int from = 0;
    if (input.has("NextToken")) {
      try {
        from = Integer.parseUnsignedInt(input.requiredText("NextToken"));
      } catch (NumberFormatException notOurs) {
        throw AwsException.badRequest("InvalidNextTokenException", "The NextToken is invalid.");
      }
    }
    int to = Math.min(all.size(), from + input.integer("MaxResults").orElse(100));
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("SecretList");
    for (Secret secret : all.subList(Math.min(from, all.size()), to)) {
      items.add(details(secret, "SecretVersionsToStages"));
    }
    if (to < all.size()) {
      json.put("NextToken", String.valueOf(to));
    }
    return Output.of(json);
  }

  private Output policy(Input input, CallContext context) {
    return Output.of(identity(secrets.require(input.requiredText("SecretId"))));
  }

  private Output tag(Input input, CallContext context) {
    Map<String, String> added = tagsOf(input);
    secrets.update(
        input.requiredText("SecretId"),
        secret -> {
          var tags = new LinkedHashMap<>(secret.tags());
          tags.putAll(added);
          return secret.withTags(tags, clock.now());
        });
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    List<String> keys = input.texts("TagKeys");
    secrets.update(
        input.requiredText("SecretId"),
        secret -> {
          var tags = new LinkedHashMap<>(secret.tags());
          tags.keySet().removeAll(keys);
          return secret.withTags(tags, clock.now());
        });
    return Output.empty();
  }

  private Secret.@Nullable Version version(Input input, List<String> stages) {
    String text = input.text("SecretString").orElse(null);
    String binary = input.text("SecretBinary").orElse(null);
    if (text == null && binary == null) {
      return null;
    }
    if (text != null && binary != null) {
      throw AwsException.badRequest(
          "InvalidParameterException", "You can't specify both SecretString and SecretBinary.");
    }
    if (text != null
        && text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw AwsException.badRequest(
          "ValidationException",
          "1 validation error detected: Value at 'secretString' failed to satisfy constraint:"
              + " Member must have length less than or equal to "
              + MOST_BYTES);
    }
    String id = input.text("ClientRequestToken").orElseGet(() -> ids.uuid().toString());
    return new Secret.Version(id, text, binary, List.copyOf(stages), clock.now());
  }

  private static ObjectNode identity(Secret secret) {
    ObjectNode json = Json.object();
    json.put("ARN", secret.arn());
    json.put("Name", secret.name());
    return json;
  }

  private static ObjectNode details(Secret secret, String stagesMember) {
    ObjectNode json = identity(secret);
    if (secret.description() != null) {
      json.put("Description", secret.description());
    }
    if (secret.kmsKeyId() != null) {
      json.put("KmsKeyId", secret.kmsKeyId());
    }
    if (secret.owningService() != null) {
      json.put("OwningService", secret.owningService());
    }
    json.set("CreatedDate", Json.epochSeconds(secret.created()));
    json.set("LastChangedDate", Json.epochSeconds(secret.changed()));
    if (secret.deleteAt() != null) {
      json.set("DeletedDate", Json.epochSeconds(secret.deleteAt()));
    }
    if (!secret.tags().isEmpty()) {
      ArrayNode tags = json.putArray("Tags");
      secret.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    }
    ObjectNode stages = json.putObject(stagesMember);
    for (Secret.Version version : secret.versions().values()) {
      if (!version.stages().isEmpty()) {
        stages.set(version.id(), Json.texts(version.stages()));
      }
    }
    return json;
  }

  private static Map<String, String> tagsOf(Input input) {
    var tags = new LinkedHashMap<String, String>();
    for (Input tag : input.structures("Tags")) {
      tags.put(tag.requiredText("Key"), tag.text("Value").orElse(""));
    }
    return tags;
  }

  private String suffix() {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    var text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append(letters.charAt((int) (ids.nextDouble() * letters.length())));
    }
    return text.toString();
  }
}
