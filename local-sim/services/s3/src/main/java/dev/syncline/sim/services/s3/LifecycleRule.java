// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An enabled rule of a lifecycle configuration, as it applies to objects. Times are rounded up to
 * the next midnight UTC, as S3 does. Source: "Lifecycle configuration elements" in S3's user guide.
 * Immutable.
 *
 * @param json the rule as it is stored
 */
record LifecycleRule(JsonNode json) {
  private static final int MIN_TRANSITION_BYTES = 128 * 1024;

  /** The enabled rules of a configuration. */
  static List<LifecycleRule> enabled(JsonNode configuration) {
    var rules = new ArrayList<LifecycleRule>();
    for (JsonNode rule : configuration.path("Rules")) {
      if (rule.path("Status").asText().equals("Enabled")) {
        rules.add(new LifecycleRule(rule));
      }
    }
    return rules;
  }

  String id() {
    return json.path("ID").asText();
  }

  private JsonNode conditions() {
    JsonNode filter = json.path("Filter");
    return filter.has("And") ? filter.path("And") : filter;
  }

  private String prefix() {
    return json.path("Prefix").asText(conditions().path("Prefix").asText());
  }

  /** Whether the rule is for the object. */
  boolean covers(S3Object object) {
    JsonNode conditions = conditions();
    return object.key().startsWith(prefix())
        && object.size() > conditions.path("ObjectSizeGreaterThan").asLong(-1)
        && object.size() < conditions.path("ObjectSizeLessThan").asLong(Long.MAX_VALUE)
        && hasTags(object, conditions);
  }

  private static boolean hasTags(S3Object object, JsonNode conditions) {
    var wanted = new ArrayList<JsonNode>();
    conditions.path("Tags").forEach(wanted::add);
    if (conditions.has("Tag")) {
      wanted.add(conditions.path("Tag"));
    }
    return wanted.stream()
        .allMatch(
            tag -> tag.path("Value").asText().equals(object.tags().get(tag.path("Key").asText())));
  }

  /** When the current version expires; empty if the rule does not end it. */
  Optional<Instant> expiry(S3Object object) {
    return due(json.path("Expiration"), object.lastModified());
  }

  /**
   * When a version that is not the newest is removed.
   *
   * @param since when another version became the newest
   * @param newer how many versions that are not the newest are newer than this one
   */
  Optional<Instant> noncurrentExpiry(Instant since, int newer) {
    JsonNode expiration = json.path("NoncurrentVersionExpiration");
    return newer < expiration.path("NewerNoncurrentVersions").asInt(0)
        ? Optional.empty()
        : days(expiration.path("NoncurrentDays"), since);
  }

  /**
   * The storage class that a version has at a time, by the transition that was due last.
   *
   * @param since when another version became the newest; null for the newest version
   * @param newer as in {@link #noncurrentExpiry}
   * @param minimum the configuration's threshold for small objects
   */
  Optional<String> storageClass(
      S3Object object, @Nullable Instant since, int newer, String minimum, Instant now) {
    boolean newest = since == null;
    Instant latest = Instant.MIN;
    @Nullable String found = null;
    for (JsonNode transition : json.path(newest ? "Transitions" : "NoncurrentVersionTransitions")) {
      String storageClass = transition.path("StorageClass").asText();
      Instant due =
          (since == null
                  ? due(transition, object.lastModified())
                  : newer < transition.path("NewerNoncurrentVersions").asInt(0)
                      ? Optional.<Instant>empty()
                      : days(transition.path("NoncurrentDays"), since))
              .orElse(Instant.MAX);
      if (!due.isAfter(now)
          && !due.isBefore(latest)
          && !isTooSmall(object, storageClass, minimum)) {
        latest = due;
        found = storageClass;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Objects below 128 KB stay where they are, unless the rule has a condition on the size. */
  private boolean isTooSmall(S3Object object, String storageClass, String minimum) {
    boolean archive = storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
    boolean free = archive && !minimum.equals(LifecycleRules.DEFAULT_MINIMUM);
    return object.size() < MIN_TRANSITION_BYTES
        && !free
        && !conditions().has("ObjectSizeGreaterThan")
        && !conditions().has("ObjectSizeLessThan");
  }

  /** Whether a delete marker without versions below it is removed. */
  boolean removesMarkers() {
    return json.at("/Expiration/ExpiredObjectDeleteMarker").asBoolean()
        || json.at("/Expiration").has("Days");
  }

  /** When an upload that was begun at that time is aborted. */
  Optional<Instant> abort(String key, Instant begun) {
    return key.startsWith(prefix())
        ? days(json.at("/AbortIncompleteMultipartUpload/DaysAfterInitiation"), begun)
        : Optional.empty();
  }

  private static Optional<Instant> due(JsonNode action, Instant modified) {
    return action.has("Date")
        ? Optional.of(OffsetDateTime.parse(action.path("Date").asText()).toInstant())
        : days(action.path("Days"), modified);
  }

  private static Optional<Instant> days(JsonNode days, Instant since) {
    if (days.isMissingNode()) {
      return Optional.empty();
    }
    Instant exact = since.plus(Duration.ofDays(days.asLong()));
    Instant midnight = exact.truncatedTo(ChronoUnit.DAYS);
    return Optional.of(midnight.equals(exact) ? exact : midnight.plus(Duration.ofDays(1)));
  }
}
