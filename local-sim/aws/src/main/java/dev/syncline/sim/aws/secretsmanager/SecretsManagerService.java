// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.secretsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.secretsmanager.Secret.Version;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.service.Pages;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.aws.service.Tags;
import dev.syncline.sim.aws.state.ServiceState;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * AWS Secrets Manager: secrets, versions and their stages. Values are kept in memory in the clear.
 * A secret may have 65,536 bytes. Thread-safe.
 */
public final class SecretsManagerService implements AwsService {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
  private static final int MOST_BYTES = 65_536;

  private final SimClock clock;
  private final Ids ids;
  private final String account;
  private final String region;
  private final SecretStore store;

  /** The service for one account and region. */
  public SecretsManagerService(SimClock clock, Ids ids, String account, String region) {
    this.clock = clock;
    this.ids = ids;
    this.account = account;
    this.region = region;
    this.store = new SecretStore(clock);
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
        operation("GetSecretValue", this::getValue, "SecretId", "VersionId", "VersionStage"),
        operation(
            "PutSecretValue",
            this::putValue,
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
            this::updateStage,
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
        operation("GetResourcePolicy", this::getResourcePolicy, "SecretId"),
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
          synchronized (store) {
            return handler.apply(input);
          }
        },
        members);
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
    var secret =
        new Secret(
            name,
            "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + name + "-" + suffix(),
            clock.now());
    secret.description = input.text("Description").orElse(null);
    secret.kmsKey = input.text("KmsKeyId").orElse(null);
    // EventBridge owns the secrets of its connections; the name is how one tells them.
    secret.owningService = name.startsWith("events!") ? "events" : null;
    secret.tags.putAll(Tags.read(input, "Tags"));
    Optional<Version> version = version(secret, input);
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

  /** The version that the input asks for, added without a stage; empty when it has no value. */
  private Optional<Version> version(Secret secret, Input input) {
    String text = input.text("SecretString").orElse(null);
    String base64 = input.text("SecretBinary").orElse(null);
    if (text == null && base64 == null) {
      return Optional.empty();
    }
    if (text != null && base64 != null) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    int size =
        text != null
            ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
            : base64 == null ? 0 : base64.length() / 4 * 3;
    if (size > MOST_BYTES) {
      throw AwsException.badRequest(
          "ValidationException",
          "A secret's value may have at most 65536 bytes, got " + size + ".");
    }
    String id = input.text("ClientRequestToken").orElseGet(() -> ids.uuid().toString());
    if (id.length() < 32 || id.length() > 64) {
      throw AwsException.badRequest(
          "InvalidParameterException", "ClientRequestToken must be 32-64 characters long.");
    }
    Version existing = secret.versions.get(id);
    if (existing != null) {
      if (!existing.holds(text, base64)) {
        throw AwsException.badRequest(
            "ResourceExistsException",
            "You can't use ClientRequestToken "
                + id
                + " because that value is already in use for a version of secret "
                + secret.arn
                + ".");
      }
      return Optional.of(existing);
    }
    var version = new Version(id, text, base64, clock.now(), new java.util.TreeSet<>());
    secret.versions.put(id, version);
    return Optional.of(version);
  }

  private Output describe(Input input) {
    Secret secret = any(input);
    ObjectNode answer = summary(secret);
    ObjectNode stages = answer.putObject("VersionIdsToStages");
    secret.versions.forEach((id, version) -> stages.set(id, Json.texts(version.stages())));
    return Output.of(answer);
  }

  private Output getValue(Input input) {
    Secret secret = live(input);
    Optional<String> id = input.text("VersionId");
    Optional<String> stage = input.text("VersionStage");
    Version version =
        id.isPresent()
            ? secret.versions.get(id.get())
            : secret.staged(stage.orElse(Secret.CURRENT)).orElse(null);
    if (version == null) {
      throw SecretStore.notFound(
          "Secrets Manager can't find the specified secret value for "
              + (id.isPresent()
                  ? "VersionId: " + id.get()
                  : "staging label: " + stage.orElse(Secret.CURRENT)));
    }
    if (stage.isPresent() && !version.stages().contains(stage.get())) {
      throw AwsException.badRequest(
          "InvalidRequestException",
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    ObjectNode answer = identity(secret, Optional.of(version));
    if (version.text() != null) {
      answer.put("SecretString", version.text());
    } else {
      answer.put("SecretBinary", version.base64());
    }
    answer.set("VersionStages", Json.texts(version.stages()));
    answer.set("CreatedDate", Json.epochSeconds(version.created()));
    return Output.of(answer);
  }

  private Output putValue(Input input) {
    Secret secret = live(input);
    Version version =
        version(secret, input)
            .orElseThrow(
                () ->
                    AwsException.badRequest(
                        "InvalidRequestException",
                        "You must provide either SecretString or SecretBinary."));
    List<String> stages = input.texts("VersionStages");
    for (String stage : stages.isEmpty() ? List.of(Secret.CURRENT) : stages) {
      secret.stage(version, stage);
    }
    if (secret.staged(Secret.CURRENT).isEmpty()) {
      secret.stage(version, Secret.CURRENT);
    }
    secret.changed = clock.now();
    ObjectNode answer = identity(secret, Optional.of(version));
    answer.set("VersionStages", Json.texts(version.stages()));
    return Output.of(answer);
  }

  private Output update(Input input) {
    Secret secret = live(input);
    Optional<Version> version = version(secret, input);
    version.ifPresent(made -> secret.stage(made, Secret.CURRENT));
    input.text("Description").ifPresent(text -> secret.description = text);
    input.text("KmsKeyId").ifPresent(key -> secret.kmsKey = key);
    secret.changed = clock.now();
    return Output.of(identity(secret, version));
  }

  private Output updateStage(Input input) {
    Secret secret = live(input);
    String stage = input.requiredText("VersionStage");
    Optional<String> from = input.text("RemoveFromVersionId");
    Optional<String> to = input.text("MoveToVersionId");
    Optional<Version> holder = secret.staged(stage);
    if (holder.isPresent() && !holder.map(Version::id).equals(from)) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "The parameter RemoveFromVersionId must name the version "
              + holder.get().id()
              + " that the staging label "
              + stage
              + " is attached to.");
    }
    if (to.isPresent()) {
      Version target = secret.versions.get(to.get());
      if (target == null) {
        throw SecretStore.notFound(
            "Secrets Manager can't find the specified secret value for VersionId: " + to.get());
      }
      secret.stage(target, stage);
    } else if (stage.equals(Secret.CURRENT)) {
      throw AwsException.badRequest(
          "InvalidParameterException",
          "You can only move staging label AWSCURRENT to a different secret version. It can't be"
              + " completely removed.");
    } else {
      holder.ifPresent(version -> version.stages().remove(stage));
      secret.versions.values().removeIf(version -> version.stages().isEmpty());
    }
    return Output.of(identity(secret, Optional.empty()));
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
    Secret secret = force ? any(input) : live(input);
    var on = force ? clock.now() : clock.now().plus(Duration.ofDays(days));
    secret.deleteOn = on;
    if (force) {
      store.remove(secret);
    }
    ObjectNode answer = identity(secret, Optional.empty());
    answer.set("DeletionDate", Json.epochSeconds(on));
    return Output.of(answer);
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
        store.all().stream()
            .filter(secret -> planned || secret.deleteOn == null)
            .filter(secret -> filters.stream().allMatch(filter -> matches(secret, filter)))
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

  private static boolean matches(Secret secret, Input filter) {
    String key = filter.requiredText("Key");
    List<String> values = filter.texts("Values");
    return switch (key) {
      case "name" -> values.stream().anyMatch(secret.name::startsWith);
      case "description" -> {
        String text = secret.description == null ? "" : secret.description.toLowerCase(Locale.ROOT);
        yield values.stream().anyMatch(value -> text.contains(value.toLowerCase(Locale.ROOT)));
      }
      case "tag-key" -> values.stream().anyMatch(secret.tags::containsKey);
      case "tag-value" -> values.stream().anyMatch(secret.tags::containsValue);
      case "owning-service" -> values.contains(secret.owningService);
      default ->
          throw AwsException.badRequest(
              "InvalidParameterException",
              "The simulator does not support the filter '" + key + "'.");
    };
  }

  private Output getResourcePolicy(Input input) {
    return Output.of(identity(any(input), Optional.empty()));
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

  private static ObjectNode identity(Secret secret, Optional<Version> version) {
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
    if (secret.deleteOn != null) {
      json.set("DeletedDate", Json.epochSeconds(secret.deleteOn));
    }
    if (!secret.tags.isEmpty()) {
      json.set("Tags", Tags.write(secret.tags));
    }
    return json;
  }
}
