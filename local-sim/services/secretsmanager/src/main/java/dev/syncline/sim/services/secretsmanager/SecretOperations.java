// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.service.Tags;
import dev.syncline.sim.services.secretsmanager.Secret.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations on secrets as a whole. Thread-safe. */
record SecretOperations(
    SimClock clock,
    Ids ids,
    String account,
    String region,
    SecretStore store,
    ValueOperations values) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]{1,512}");
  private static final int MIN_WINDOW_DAYS = 7;
  private static final int MAX_WINDOW_DAYS = 30;

  List<Operation> operations() {
    return List.of(
        store.operation(
            """
            CreateSecret: Name, ClientRequestToken, Description, KmsKeyId, SecretString,
              SecretBinary, Tags
            """,
            this::create),
        store.operation("DescribeSecret: SecretId", this::describe),
        store.operation(
            """
            UpdateSecret: SecretId, ClientRequestToken, Description, KmsKeyId, SecretString,
              SecretBinary
            """,
            this::update),
        store.operation(
            "DeleteSecret: SecretId, RecoveryWindowInDays, ForceDeleteWithoutRecovery",
            this::delete),
        store.operation("RestoreSecret: SecretId", this::restore),
        store.operation(
            "ListSecrets: IncludePlannedDeletion, MaxResults, NextToken, Filters, SortOrder",
            this::list),
        store.operation(
            "GetRandomPassword: " + RandomPassword.MEMBERS,
            input ->
                Output.of(
                    Json.object().put("RandomPassword", RandomPassword.generate(ids, input)))));
  }

  private Output create(Input input) {
    String name = input.requiredText("Name");
    if (!NAME.matcher(name).matches()) {
      throw SecretErrors.invalidName();
    }
    Secret existing = store.named(name);
    if (existing != null) {
      return createAgain(existing, input);
    }
    var secret = new Secret(name, arn(name), clock.now());
    secret.description = input.text("Description").orElse(null);
    secret.kmsKey = input.text("KmsKeyId").orElse(null);
    // EventBridge owns the secrets of its connections. Their names have this prefix.
    secret.owningService = name.startsWith("events!") ? "events" : null;
    secret.tags.putAll(Tags.read(input, "Tags"));
    Optional<Version> version = values.version(secret, input);
    version.ifPresent(made -> secret.stage(made, Secret.CURRENT));
    store.add(secret);
    return Output.of(SecretJson.identity(secret, version));
  }

  private Output createAgain(Secret existing, Input input) {
    if (existing.deleteOn != null) {
      throw SecretErrors.nameScheduledForDeletion();
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
      return Output.of(SecretJson.identity(existing, same));
    }
    throw SecretErrors.secretExists(existing.name);
  }

  /** The six characters of both cases that AWS appends to a name. */
  private String suffix() {
    var text = new StringBuilder();
    for (char c : ids.lowerAlphanumeric(6).toCharArray()) {
      text.append(ids.nextDouble() < 0.5 ? Character.toUpperCase(c) : c);
    }
    return text.toString();
  }

  private Output describe(Input input) {
    Secret secret = any(input);
    ObjectNode answer = SecretJson.summary(secret);
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
    return Output.of(SecretJson.identity(secret, version));
  }

  private Output delete(Input input) {
    boolean force = input.bool("ForceDeleteWithoutRecovery", false);
    if (force && input.has("RecoveryWindowInDays")) {
      throw SecretErrors.forceAndWindow();
    }
    int days = input.integer("RecoveryWindowInDays").orElse(MAX_WINDOW_DAYS);
    if (days < MIN_WINDOW_DAYS || days > MAX_WINDOW_DAYS) {
      throw SecretErrors.invalidWindow();
    }
    String id = input.requiredText("SecretId");
    Optional<Secret> found = store.find(id);
    if (force && found.isEmpty()) {
      return deleteMissing(id);
    }
    Secret secret = found.orElseGet(() -> store.any(id));
    if (secret.deleteOn != null && !force) {
      throw SecretErrors.alreadyScheduledForDeletion();
    }
    var on = force ? clock.now() : clock.now().plus(Duration.ofDays(days));
    secret.deleteOn = on;
    if (force) {
      store.remove(secret);
    }
    ObjectNode answer = SecretJson.identity(secret, Optional.empty());
    answer.set("DeletionDate", Json.epochSeconds(on));
    return Output.of(answer);
  }

  /** A forced deletion of a missing secret succeeds, as the API reference documents. */
  private Output deleteMissing(String id) {
    boolean isArn = id.startsWith("arn:");
    String name = isArn ? id.substring(id.lastIndexOf(':') + 1).replaceFirst("-\\w{6}$", "") : id;
    var missing = new Secret(name, isArn ? id : arn(name), clock.now());
    ObjectNode answer = SecretJson.identity(missing, Optional.empty());
    answer.set("DeletionDate", Json.epochSeconds(clock.now()));
    return Output.of(answer);
  }

  /** The ARN of a new secret of that name. */
  private String arn(String name) {
    return Arn.aws("secretsmanager", region, account, "secret:" + name + "-" + suffix());
  }

  private Output restore(Input input) {
    Secret secret = any(input);
    secret.deleteOn = null;
    return Output.of(SecretJson.identity(secret, Optional.empty()));
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
            SecretErrors.INVALID_TOKEN);
    return Output.of(
        page.addTo(Json.object(), "SecretList", SecretOperations::listed, "NextToken"));
  }

  private static ObjectNode listed(Secret secret) {
    ObjectNode json = SecretJson.summary(secret);
    ObjectNode stages = json.putObject("SecretVersionsToStages");
    secret.versions.forEach((id, version) -> stages.set(id, Json.texts(version.stages())));
    return json;
  }

  private Secret any(Input input) {
    return store.any(input.requiredText("SecretId"));
  }

  private Secret live(Input input) {
    return store.live(input.requiredText("SecretId"));
  }
}
