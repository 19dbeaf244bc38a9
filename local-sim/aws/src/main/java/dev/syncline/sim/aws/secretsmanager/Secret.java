// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.secretsmanager;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret with its versions: an immutable snapshot.
 *
 * @param versions by id, oldest first
 * @param deleteAt when it goes, null while it is not to be deleted
 */
record Secret(
    String arn,
    String name,
    @Nullable String description,
    @Nullable String kmsKeyId,
    @Nullable String owningService,
    Instant created,
    Instant changed,
    @Nullable Instant deleteAt,
    Map<String, String> tags,
    Map<String, Version> versions) {

  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";
  private static final int MOST_VERSIONS = 100;

  /**
   * One version.
   *
   * @param text the secret string, null when it is binary
   * @param binary base64, null when it is text
   */
  record Version(
      String id,
      @Nullable String text,
      @Nullable String binary,
      List<String> stages,
      Instant created) {
    Version withStages(List<String> newStages) {
      return new Version(id, text, binary, List.copyOf(newStages), created);
    }
  }

  /** The version with a stage, null when none has it. */
  @Nullable Version staged(String stage) {
    return versions.values().stream()
        .filter(version -> version.stages().contains(stage))
        .findFirst()
        .orElse(null);
  }

  /** A new version takes its stages from those that had them; the old current one is previous. */
  Secret withVersion(Version added, Instant now) {
    var kept = new LinkedHashMap<String, Version>();
    boolean replacesCurrent = added.stages().contains(CURRENT);
    for (Version version : versions.values()) {
      var stages = new java.util.ArrayList<>(version.stages());
      boolean wasCurrent = stages.contains(CURRENT);
      stages.removeAll(added.stages());
      if (replacesCurrent) {
        stages.remove(PREVIOUS);
        if (wasCurrent) {
          stages.add(PREVIOUS);
        }
      }
      kept.put(version.id(), version.withStages(stages));
    }
    kept.put(added.id(), added);
    // Versions without a stage are deprecated; AWS deletes them when there are more than about 100.
    var ids = kept.values().iterator();
    for (int surplus = kept.size() - MOST_VERSIONS; surplus > 0 && ids.hasNext(); ) {
      if (ids.next().stages().isEmpty()) {
        ids.remove();
        surplus--;
      }
    }
    return new Secret(
        arn,
        name,
        description,
        kmsKeyId,
        owningService,
        created,
        now,
        deleteAt,
        tags,
        java.util.Collections.unmodifiableMap(kept));
  }

  Secret withDescription(@Nullable String newDescription, @Nullable String newKey, Instant now) {
    return new Secret(
        arn, name, newDescription, newKey, owningService, created, now, deleteAt, tags, versions);
  }

  Secret withDeletion(@Nullable Instant at, Instant now) {
    return new Secret(
        arn, name, description, kmsKeyId, owningService, created, now, at, tags, versions);
  }

  Secret withTags(Map<String, String> newTags, Instant now) {
    return new Secret(
        arn,
        name,
        description,
        kmsKeyId,
        owningService,
        created,
        now,
        deleteAt,
        Map.copyOf(newTags),
        versions);
  }
}
