// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.Tags;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.secretsmanager.Secret.Version;
import dev.syncline.sim.services.secretsmanager.resources.SecretResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * AWS Secrets Manager: secrets, versions and their stages. Values are kept in memory in the clear.
 * A secret may have 65,536 bytes. Thread-safe.
 */
public final class SecretsManagerService implements AwsService, ResourceProvider {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
  private static final int MOST_BYTES = 65_536;
  // What a caller may ask of the secret of a service.
  private static final Set<String> OF_ANYONE =
      Set.of(
          "DescribeSecret",
          "GetSecretValue",
          "BatchGetSecretValue",
          "GetResourcePolicy",
          "ListSecretVersionIds");

  private final SimClock clock;
  private final Ids ids;
  private final String account;
  private final String region;
  private final SecretStore store;
  private final ValueOperations values;

  /** The service for one account and region. */
  public SecretsManagerService(SimClock clock, Ids ids, String account, String region) {
    this.clock = clock;
    this.ids = ids;
    this.account = account;
    this.region = region;
    this.store = new SecretStore(clock);
    this.values = new ValueOperations(clock, ids, store);
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
        operation(
            "CreateSecret",
            this::create,
            "Name",
            "ClientRequestToken",
            "Description",
            "KmsKeyId",
            "SecretString",
            "SecretBinary",
            "Tags"),
        operation("DescribeSecret", this::describe, "SecretId"),
        operation("GetSecretValue", values::get, "SecretId", "VersionId", "VersionStage"),
        operation(
            "PutSecretValue",
            values::put,
            "SecretId",
            "ClientRequestToken",
            "SecretString",
            "SecretBinary",
            "VersionStages"),
        operation(
            "UpdateSecret",
            this::update,
            "SecretId",
            "ClientRequestToken",
            "Description",
            "KmsKeyId",
            "SecretString",
            "SecretBinary"),
        operation(
            "UpdateSecretVersionStage",
            values::updateStage,
            "SecretId",
            "VersionStage",
            "RemoveFromVersionId",
            "MoveToVersionId"),
        operation(
            "DeleteSecret",
            this::delete,
            "SecretId",
            "RecoveryWindowInDays",
            "ForceDeleteWithoutRecovery"),
        operation("RestoreSecret", this::restore, "SecretId"),
        operation(
            "ListSecrets",
            this::list,
            "IncludePlannedDeletion",
            "MaxResults",
            "NextToken",
            "Filters",
            "SortOrder"),
        operation(
            "BatchGetSecretValue", values::getSeveral, "SecretIdList", "Filters", "MaxResults"),
        operation(
            "ListSecretVersionIds",
            values::versionIds,
            "SecretId",
            "MaxResults",
            "NextToken",
            "IncludeDeprecated"),
        operation("GetResourcePolicy", this::getResourcePolicy, "SecretId"),
        operation(
            "PutResourcePolicy",
            this::putResourcePolicy,
            "SecretId",
            "ResourcePolicy",
            "BlockPublicPolicy"),
        operation("DeleteResourcePolicy", this::deleteResourcePolicy, "SecretId"),
        operation(
            "GetRandomPassword",
            input ->
                Output.of(Json.object().put("RandomPassword", RandomPassword.generate(ids, input))),
            RandomPassword.MEMBERS),
        operation("TagResource", this::tag, "SecretId", "Tags"),
        operation("UntagResource", this::untag, "SecretId", "TagKeys"));
  }

  @Override
  public ServiceState state() {
    return new SecretsState(store);
  }

  private Operation operation(String name, Function<Input, Output> handler, String... members) {
    return Operation.of(
        name,
        (input, context) -> {
          requireConstraints(input);
          synchronized (store) {
            boolean fromOutside = !context.host().isEmpty();
            if (fromOutside && !OF_ANYONE.contains(name)) {
              requireNotOwned(input);
            }
            return handler.apply(input);
          }
        },
        members);
  }

  /** The sizes of the published shapes; what violates one changes nothing. */
  private static void requireConstraints(Input input) {
    Constraints.of(input)
        .length("SecretId", 1, 2048)
        .length("Name", 1, 512)
        .length("Description", 0, 2048)
        .length("KmsKeyId", 0, 2048)
        .length("ClientRequestToken", 32, 64)
        .secretLength("SecretString", 1, MOST_BYTES)
        .secretLength("SecretBinary", 1, Integer.MAX_VALUE)
        .texts("VersionStages", 1, 20, 1, 256)
        .length("VersionId", 32, 64)
        .length("VersionStage", 1, 256)
        .length("MoveToVersionId", 32, 64)
        .length("RemoveFromVersionId", 32, 64)
        .length("ResourcePolicy", 1, 20_480)
        .range("MaxResults", 1, 100)
        .length("NextToken", 1, 4096)
        .texts("TagKeys", 0, Integer.MAX_VALUE, 1, 128)
        .verify();
  }

  /** A secret of a service is changed by that service only. */
  private void requireNotOwned(Input input) {
    input
        .text("SecretId")
        .flatMap(store::find)
        .filter(secret -> secret.owningService != null)
        .ifPresent(
            secret -> {
              throw AwsException.badRequest(
                  "InvalidRequestException",
                  "Operation is not allowed on secret owned by " + secret.owningService);
            });
  }

  private Output create(Input input) {
    String name = input.requiredText("Name");
    if (!NAME.matcher(name).matches()) {
      throw AwsException.badRequest(
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    Secret existing = store.named(name);
    if (existing != null) {
      return createAgain(existing, input);
    }
    var secret = new Secret(name, arnPrefix() + name + "-" + suffix(), clock.now());
    secret.description = input.text("Description").orElse(null);
    secret.kmsKey = input.text("KmsKeyId").orElse(null);
    // EventBridge owns the secrets of its connections; the name is how one tells them.
    secret.owningService = name.startsWith("events!") ? "events" : null;
    secret.tags.putAll(Tags.read(input, "Tags"));
    Optional<Version> version = values.version(secret, input);
    version.ifPresent(made -> secret.stage(made, Secret.CURRENT));
    store.add(secret);
    return Output.of(identity(secret, version));
  }

  private Output createAgain(Secret existing, Input input) {
    if (existing.deleteOn != null) {
      throw AwsException.badRequest(
          "InvalidRequestException",
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    Optional<Version> same =
        input
            .text("ClientRequestToken")
            .map(existing.versions::get)
            .filter(
                version ->
                    version.holds(
                        input.text("SecretString").orElse(null),
                        input.text("SecretBinary").orElse(null)));
    if (same.isPresent()) {
      return Output.of(identity(existing, same));
    }
    throw AwsException.badRequest(
        "ResourceExistsException",
        "The operation failed because the secret " + existing.name + " already exists.");
  }

  /** The six characters that AWS puts behind a name, of both cases. */
  private String suffix() {
    var text = new StringBuilder();
    for (char c : ids.lowerAlphanumeric(6).toCharArray()) {
      text.append(ids.nextDouble() < 0.5 ? Character.toUpperCase(c) : c);
    }
    return text.toString();
  }

  private Output describe(Input input) {
    Secret secret = any(input);
    ObjectNode answer = summary(secret);
    ObjectNode stages = answer.putObject("VersionIdsToStages");
    secret.versions.forEach((id, version) -> stages.set(id, Json.texts(version.stages())));
    return Output.of(answer);
  }

  private Output update(Input input) {
    Secret secret = live(input);
    Optional<Version> version = values.version(secret, input);
    version.ifPresent(made -> secret.stage(made, Secret.CURRENT));
    input.text("Description").ifPresent(text -> secret.description = text);
    input.text("KmsKeyId").ifPresent(key -> secret.kmsKey = key);
    secret.changed = clock.now();
    return Output.of(identity(secret, version));
  }

  private Output delete(Input input) {
    boolean force = input.bool("ForceDeleteWithoutRecovery", false);
    if (force && input.has("RecoveryWindowInDays")) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    int days = input.integer("RecoveryWindowInDays").orElse(30);
    if (days < 7 || days > 30) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    String id = input.requiredText("SecretId");
    Optional<Secret> found = store.find(id);
    if (force && found.isEmpty()) {
      return deleteWhatIsNot(id);
    }
    Secret secret = found.orElseGet(() -> store.any(id));
    if (secret.deleteOn != null && !force) {
      throw AwsException.badRequest(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was already scheduled for"
              + " deletion.");
    }
    var on = force ? clock.now() : clock.now().plus(Duration.ofDays(days));
    secret.deleteOn = on;
    if (force) {
      store.remove(secret);
    }
    ObjectNode answer = identity(secret, Optional.empty());
    answer.set("DeletionDate", Json.epochSeconds(on));
    return Output.of(answer);
  }

  /** A forced deletion succeeds when there is no such secret, as the API reference says. */
  private Output deleteWhatIsNot(String id) {
    boolean isArn = id.startsWith("arn:");
    String name = isArn ? id.substring(id.lastIndexOf(':') + 1).replaceFirst("-\\w{6}$", "") : id;
    var never = new Secret(name, isArn ? id : arnPrefix() + name + "-" + suffix(), clock.now());
    ObjectNode answer = identity(never, Optional.empty());
    answer.set("DeletionDate", Json.epochSeconds(clock.now()));
    return Output.of(answer);
  }

  private String arnPrefix() {
    return "arn:aws:secretsmanager:" + region + ":" + account + ":secret:";
  }

  private Output restore(Input input) {
    Secret secret = any(input);
    secret.deleteOn = null;
    return Output.of(identity(secret, Optional.empty()));
  }

  private Output list(Input input) {
    boolean planned = input.bool("IncludePlannedDeletion", false);
    List<Input> filters = input.structures("Filters");
    List<Secret> found =
        SecretFilters.apply(store.all(), filters).stream()
            .filter(secret -> planned || secret.deleteOn == null)
            .toList();
    boolean ascending = input.text("SortOrder").orElse("").equals("asc");
    Pages.Page<Secret> page =
        Pages.page(
            ascending ? found : found.reversed(),
            input.integer("MaxResults").orElse(100),
            input.text("NextToken"),
            "InvalidNextTokenException");
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("SecretList");
    for (Secret secret : page.items()) {
      ObjectNode json = summary(secret);
      ObjectNode stages = json.putObject("SecretVersionsToStages");
      secret.versions.forEach((id, version) -> stages.set(id, Json.texts(version.stages())));
      list.add(json);
    }
    page.next().ifPresent(token -> answer.put("NextToken", token));
    return Output.of(answer);
  }

  private Output getResourcePolicy(Input input) {
    Secret secret = any(input);
    ObjectNode answer = identity(secret, Optional.empty());
    if (secret.policy != null) {
      answer.put("ResourcePolicy", secret.policy);
    }
    return Output.of(answer);
  }

  /** Keeps the policy; it is not evaluated. */
  private Output putResourcePolicy(Input input) {
    Secret secret = live(input);
    String policy = input.requiredText("ResourcePolicy");
    try {
      if (Json.MAPPER.readTree(policy).path("Statement").isMissingNode()) {
        throw malformedPolicy();
      }
    } catch (JsonProcessingException notJson) {
      throw malformedPolicy();
    }
    secret.policy = policy;
    return Output.of(identity(secret, Optional.empty()));
  }

  private static AwsException malformedPolicy() {
    return AwsException.badRequest(
        "MalformedPolicyDocumentException", "This resource policy contains invalid Json.");
  }

  private Output deleteResourcePolicy(Input input) {
    Secret secret = live(input);
    secret.policy = null;
    return Output.of(identity(secret, Optional.empty()));
  }

  private Output tag(Input input) {
    any(input).tags.putAll(Tags.read(input, "Tags"));
    return Output.empty();
  }

  private Output untag(Input input) {
    any(input).tags.keySet().removeAll(input.texts("TagKeys"));
    return Output.empty();
  }

  private Secret any(Input input) {
    return store.any(input.requiredText("SecretId"));
  }

  private Secret live(Input input) {
    return store.live(input.requiredText("SecretId"));
  }

  static ObjectNode identity(Secret secret, Optional<Version> version) {
    ObjectNode json = Json.object().put("ARN", secret.arn).put("Name", secret.name);
    version.ifPresent(present -> json.put("VersionId", present.id()));
    return json;
  }

  private static ObjectNode summary(Secret secret) {
    ObjectNode json = identity(secret, Optional.empty());
    if (secret.description != null) {
      json.put("Description", secret.description);
    }
    if (secret.kmsKey != null) {
      json.put("KmsKeyId", secret.kmsKey);
    }
    if (secret.owningService != null) {
      json.put("OwningService", secret.owningService);
    }
    json.set("CreatedDate", Json.epochSeconds(secret.created));
    json.set("LastChangedDate", Json.epochSeconds(secret.changed));
    if (secret.accessed != null) {
      json.set("LastAccessedDate", Json.epochSeconds(secret.accessed));
    }
    if (secret.deleteOn != null) {
      json.set("DeletedDate", Json.epochSeconds(secret.deleteOn));
    }
    if (!secret.tags.isEmpty()) {
      json.set("Tags", Tags.write(secret.tags));
    }
    return json;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new SecretResource());
  }
}
