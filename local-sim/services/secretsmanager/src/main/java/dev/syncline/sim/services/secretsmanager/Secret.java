// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One secret with its versions. Guarded by its store. */
final class Secret {
  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";

  /** The largest value, in bytes. */
  static final int MAX_BYTES = 65_536;

  /** One version; text or base64, whichever was given. */
  record Version(
      String id,
      @Nullable String text,
      @Nullable String base64,
      Instant created,
      TreeSet<String> stages) {
    boolean holds(@Nullable String otherText, @Nullable String otherBase64) {
      return Objects.equals(text, otherText) && Objects.equals(base64, otherBase64);
    }
  }

  final String name;
  final String arn;
  final Instant created;
  final Map<String, String> tags = new LinkedHashMap<>();
  final Map<String, Version> versions = new LinkedHashMap<>();
  @Nullable String description;
  @Nullable String kmsKey;
  @Nullable String owningService;
  Instant changed;
  @Nullable Instant accessed;
  @Nullable Instant deleteOn;
  @Nullable String policy;

  Secret(String name, String arn, Instant created) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.changed = created;
  }

  /** Whether the id is the name, the ARN, or the ARN without its random end. */
  boolean isNamed(String id) {
    return name.equals(id)
        || arn.equals(id)
        || (id.startsWith("arn:") && arn.substring(0, arn.length() - 7).equals(id));
  }

  Optional<Version> staged(String stage) {
    return versions.values().stream().filter(each -> each.stages.contains(stage)).findFirst();
  }

  /** Moves a stage to a version; what was current becomes the previous one. */
  void stage(Version version, String stage) {
    Optional<Version> before = staged(stage);
    if (before.isPresent() && before.get() != version) {
      before.get().stages.remove(stage);
      if (stage.equals(CURRENT)) {
        versions.values().forEach(each -> each.stages.remove(PREVIOUS));
        before.get().stages.add(PREVIOUS);
      }
    }
    version.stages.add(stage);
    // A version without a stage is deprecated: AWS may drop it at any time.
    versions.values().removeIf(each -> each.stages.isEmpty());
  }
}
