// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.secretsmanager.Secret.Version;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The operations on values, their versions and stages. Thread-safe. */
record ValueOperations(SimClock clock, Ids ids, SecretStore store) {
  List<Operation> operations() {
    return List.of(
        store.operation("GetSecretValue: SecretId, VersionId, VersionStage", this::get),
        store.operation(
            """
            PutSecretValue: SecretId, ClientRequestToken, SecretString, SecretBinary,
              VersionStages
            """,
            this::put),
        store.operation("BatchGetSecretValue: SecretIdList, Filters, MaxResults", this::getSeveral),
        store.operation(
            "ListSecretVersionIds: SecretId, MaxResults, NextToken, IncludeDeprecated",
            this::versionIds),
        store.operation(
            """
            UpdateSecretVersionStage: SecretId, VersionStage, RemoveFromVersionId,
              MoveToVersionId
            """,
            this::updateStage));
  }

  /** Adds the version of the input without a stage. Empty when the input has no value. */
  Optional<Version> version(Secret secret, Input input) {
    String text = input.text("SecretString").orElse(null);
    String base64 = input.text("SecretBinary").orElse(null);
    if (text == null && base64 == null) {
      return Optional.empty();
    }
    if (text != null && base64 != null) {
      throw SecretErrors.textAndBinary();
    }
    int size = base64 == null ? 0 : base64.length() / 4 * 3;
    if (size > Secret.MAX_BYTES + 2) {
      throw SecretErrors.tooManyBytes(Secret.MAX_BYTES);
    }
    String id = input.text("ClientRequestToken").orElseGet(() -> ids.uuid().toString());
    Version existing = secret.versions.get(id);
    if (existing != null) {
      if (!existing.holds(text, base64)) {
        throw SecretErrors.tokenInUse(id, secret.arn);
      }
      return Optional.of(existing);
    }
    var version = new Version(id, text, base64, clock.now(), new TreeSet<>());
    secret.versions.put(id, version);
    return Optional.of(version);
  }

  private Output get(Input input) {
    Secret secret = live(input);
    Optional<String> id = input.text("VersionId");
    Optional<String> stage = input.text("VersionStage");
    Version version =
        id.isPresent()
            ? secret.versions.get(id.get())
            : secret.staged(stage.orElse(Secret.CURRENT)).orElse(null);
    if (version == null) {
      throw SecretErrors.noValue(
          (id.isPresent()
              ? "VersionId: " + id.get()
              : "staging label: " + stage.orElse(Secret.CURRENT)));
    }
    if (stage.isPresent() && !version.stages().contains(stage.get())) {
      throw SecretErrors.stageOfOtherVersion();
    }
    secret.accessed = clock.now().truncatedTo(ChronoUnit.DAYS);
    return Output.of(value(secret, version));
  }

  private static ObjectNode value(Secret secret, Version version) {
    ObjectNode answer = SecretJson.identity(secret, Optional.of(version));
    if (version.text() != null) {
      answer.put("SecretString", version.text());
    } else {
      answer.put("SecretBinary", version.base64());
    }
    answer.set("VersionStages", Json.texts(version.stages()));
    answer.set("CreatedDate", Json.epochSeconds(version.created()));
    return answer;
  }

  /** Gets values by ids or filters. A refused secret is listed as an error. */
  private Output getSeveral(Input input) {
    if (input.has("SecretIdList") == input.has("Filters")) {
      throw SecretErrors.idsOrFilters();
    }
    List<String> wanted =
        input.has("SecretIdList")
            ? input.texts("SecretIdList")
            : SecretFilters.apply(store.all(), input.structures("Filters")).stream()
                .filter(secret -> secret.deleteOn == null)
                .map(secret -> secret.name)
                .toList();
    ObjectNode answer = Json.object();
    ArrayNode values = answer.putArray("SecretValues");
    ArrayNode errors = answer.putArray("Errors");
    for (String id : wanted) {
      try {
        Secret secret = store.live(id);
        secret
            .staged(Secret.CURRENT)
            .ifPresent(
                version -> {
                  secret.accessed = clock.now().truncatedTo(ChronoUnit.DAYS);
                  values.add(value(secret, version));
                });
      } catch (AwsException refused) {
        errors
            .addObject()
            .put("SecretId", id)
            .put("ErrorCode", refused.code())
            .put("Message", refused.text());
      }
    }
    return Output.of(answer);
  }

  private Output put(Input input) {
    Secret secret = live(input);
    boolean repeated =
        input.text("ClientRequestToken").filter(secret.versions::containsKey).isPresent();
    Version version = version(secret, input).orElseThrow(SecretErrors::valueRequired);
    if (!repeated) {
      List<String> stages = input.texts("VersionStages");
      for (String stage : stages.isEmpty() ? List.of(Secret.CURRENT) : stages) {
        secret.stage(version, stage);
      }
      if (secret.staged(Secret.CURRENT).isEmpty()) {
        secret.stage(version, Secret.CURRENT);
      }
      secret.changed = clock.now();
    }
    ObjectNode answer = SecretJson.identity(secret, Optional.of(version));
    answer.set("VersionStages", Json.texts(version.stages()));
    return Output.of(answer);
  }

  /** Lists versions. The simulator keeps only versions that have a stage. */
  private Output versionIds(Input input) {
    Secret secret = store.any(input.requiredText("SecretId"));
    Pages.Page<Version> page =
        Pages.page(
            List.copyOf(secret.versions.values()),
            input.integer("MaxResults").orElse(100),
            input.text("NextToken"),
            SecretErrors.INVALID_TOKEN);
    ObjectNode answer = SecretJson.identity(secret, Optional.empty());
    return Output.of(page.addTo(answer, "Versions", ValueOperations::listed, "NextToken"));
  }

  private static ObjectNode listed(Version version) {
    ObjectNode json = Json.object().put("VersionId", version.id());
    json.set("VersionStages", Json.texts(version.stages()));
    json.set("CreatedDate", Json.epochSeconds(version.created()));
    return json;
  }

  private Output updateStage(Input input) {
    Secret secret = live(input);
    String stage = input.requiredText("VersionStage");
    Optional<String> from = input.text("RemoveFromVersionId");
    Optional<String> to = input.text("MoveToVersionId");
    Optional<Version> holder = secret.staged(stage);
    boolean stays = holder.isPresent() && holder.map(Version::id).equals(to);
    if (holder.isPresent() && !stays && !holder.map(Version::id).equals(from)) {
      throw SecretErrors.otherHolder(from.orElse("empty"), stage, holder.get().id());
    }
    if (to.isPresent()) {
      Version target = secret.versions.get(to.get());
      if (target == null) {
        throw SecretErrors.noValue("VersionId: " + to.get());
      }
      secret.stage(target, stage);
    } else if (stage.equals(Secret.CURRENT)) {
      throw SecretErrors.currentMustMove();
    } else {
      holder.ifPresent(version -> version.stages().remove(stage));
      secret.versions.values().removeIf(version -> version.stages().isEmpty());
    }
    return Output.of(SecretJson.identity(secret, Optional.empty()));
  }

  private Secret live(Input input) {
    return store.live(input.requiredText("SecretId"));
  }
}
