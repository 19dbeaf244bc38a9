// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket with every version of its objects. Not thread-safe: {@link S3Store} guards it. */
final class Bucket {
  // S3 orders keys by their UTF-8 bytes, which is not the order of Java's UTF-16 units.
  static final Comparator<String> BY_UTF8 =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private final Instant created;

  /** The versions of a key, the newest first; a key has at least one. */
  private final TreeMap<String, List<S3Object>> keys = new TreeMap<>(BY_UTF8);

  private final BucketSettings settings;

  private Versioning versioning = Versioning.UNVERSIONED;

  Bucket(Instant created, BucketSettings settings) {
    this.created = created;
    this.settings = settings;
  }

  BucketSettings settings() {
    return settings;
  }

  Instant created() {
    return created;
  }

  Versioning versioning() {
    return versioning;
  }

  void versioning(Versioning newVersioning) {
    versioning = newVersioning;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  NavigableMap<String, List<S3Object>> keys() {
    return keys;
  }

  /** The newest version, a delete marker too; null for an unknown key. */
  @Nullable S3Object newest(String key) {
    List<S3Object> versions = keys.get(key);
    return versions == null ? null : versions.getFirst();
  }

  /** The object of the key; null for a key that is unknown or deleted. */
  @Nullable S3Object current(String key) {
    S3Object newest = newest(key);
    return newest == null || newest.marker() ? null : newest;
  }

  /** The version of that id; null for an unknown one. */
  @Nullable S3Object version(String key, String versionId) {
    return keys.getOrDefault(key, List.of()).stream()
        .filter(version -> version.versionId().equals(versionId))
        .findFirst()
        .orElse(null);
  }

  /** Makes it the newest version, in place of one with its id. */
  void add(S3Object version) {
    List<S3Object> versions = keys.computeIfAbsent(version.key(), unused -> new ArrayList<>(1));
    versions.removeIf(other -> other.versionId().equals(version.versionId()));
    versions.addFirst(version);
  }

  /** Replaces the version of its id where it is. */
  void replace(S3Object version) {
    keys.getOrDefault(version.key(), List.of())
        .replaceAll(other -> other.versionId().equals(version.versionId()) ? version : other);
  }

  void remove(S3Object version) {
    List<S3Object> versions = keys.get(version.key());
    if (versions != null) {
      versions.remove(version);
      if (versions.isEmpty()) {
        keys.remove(version.key());
      }
    }
  }
}
