// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The buckets and their objects, in memory. Objects are immutable snapshots; one lock guards the
 * maps and is never held while waiting. Thread-safe.
 */
final class S3Store {
  // S3 orders keys by their UTF-8 bytes, which is not the order of Java's UTF-16 units.
  private static final Comparator<String> BY_UTF8 =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private final TreeMap<String, Bucket> buckets = new TreeMap<>();

  /** Creates the bucket; false when it exists already. */
  synchronized boolean createBucket(String name, Instant now, BucketSettings settings) {
    BucketNames.require(name);
    return buckets.putIfAbsent(name, new Bucket(now, new TreeMap<>(BY_UTF8), settings)) == null;
  }

  /** What is set on the bucket. */
  synchronized BucketSettings settings(String name) {
    return bucket(name).settings;
  }

  /** Refuses a bucket that does not exist. */
  synchronized void requireBucket(String name) {
    bucket(name);
  }

  /** Creation time by name, in order of name. */
  synchronized Map<String, Instant> buckets() {
    var created = new TreeMap<String, Instant>();
    buckets.forEach((name, bucket) -> created.put(name, bucket.created));
    return created;
  }

  synchronized void deleteBucket(String name) {
    if (!bucket(name).objects.isEmpty()) {
      throw S3Errors.bucketNotEmpty(name);
    }
    buckets.remove(name);
  }

  /**
   * Replaces the object of its key, if there is one.
   *
   * @param condition on the object that exists already
   */
  synchronized void put(String bucket, S3Object object, WriteCondition condition) {
    TreeMap<String, S3Object> objects = bucket(bucket).objects;
    condition.requireForWrite(object.key(), objects.get(object.key()));
    objects.put(object.key(), object);
  }

  /** The object of that key; the version is empty or {@code null}. */
  synchronized S3Object get(String bucket, String key, String versionId) {
    S3Object object = bucket(bucket).objects.get(key);
    if (object == null) {
      throw S3Errors.noSuchKey(key);
    }
    requireNullVersion(key, versionId);
    return object;
  }

  /** There is no versioning: the only version of an object is {@code null}. */
  private static void requireNullVersion(String key, String versionId) {
    if (!versionId.isEmpty() && !versionId.equals("null")) {
      throw S3Errors.noSuchVersion(key, versionId);
    }
  }

  /** Deletes the object, if it exists; the version is empty or {@code null}. */
  synchronized void delete(String bucket, String key, String versionId, WriteCondition condition) {
    TreeMap<String, S3Object> objects = bucket(bucket).objects;
    requireNullVersion(key, versionId);
    condition.requireForDelete(objects.get(key));
    objects.remove(key);
  }

  synchronized Listing list(String bucket, Listing.Query query) {
    TreeMap<String, S3Object> all = bucket(bucket).objects;
    var objects = new ArrayList<S3Object>();
    var prefixes = new ArrayList<String>();
    String last = "";
    @Nullable String key = firstKey(all, query);
    while (key != null && key.startsWith(query.prefix())) {
      String rolledUp = commonPrefix(key, query).orElse(null);
      boolean listedBefore = rolledUp != null && rolledUp.equals(query.after());
      if (!listedBefore) {
        if (objects.size() + prefixes.size() >= query.maxKeys()) {
          return new Listing(objects, prefixes, last, query.maxKeys() > 0);
        }
        if (rolledUp == null) {
          objects.add(all.get(key));
          last = key;
        } else {
          prefixes.add(rolledUp);
          last = rolledUp;
        }
      }
      key = rolledUp == null ? all.higherKey(key) : keyBeyond(all, key, rolledUp);
    }
    return new Listing(objects, prefixes, last, false);
  }

  private static @Nullable String firstKey(TreeMap<String, S3Object> all, Listing.Query query) {
    boolean fromPrefix = BY_UTF8.compare(query.prefix(), query.after()) > 0;
    return fromPrefix ? all.ceilingKey(query.prefix()) : all.higherKey(query.after());
  }

  private static Optional<String> commonPrefix(String key, Listing.Query query) {
    if (query.delimiter().isEmpty()) {
      return Optional.empty();
    }
    int at = key.indexOf(query.delimiter(), query.prefix().length());
    return at < 0
        ? Optional.empty()
        : Optional.of(key.substring(0, at + query.delimiter().length()));
  }

  private static @Nullable String keyBeyond(
      TreeMap<String, S3Object> all, String key, String prefix) {
    String next = all.higherKey(key);
    while (next != null && next.startsWith(prefix)) {
      next = all.higherKey(next);
    }
    return next;
  }

  private Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw S3Errors.noSuchBucket(name);
    }
    return bucket;
  }

  /** The content of a bucket, in order of key. */
  record Content(Instant created, List<S3Object> objects) {}

  /** Every bucket with its objects, at one moment. */
  synchronized Map<String, Content> everything() {
    var all = new TreeMap<String, Content>();
    buckets.forEach(
        (name, bucket) ->
            all.put(name, new Content(bucket.created, List.copyOf(bucket.objects.values()))));
    return all;
  }

  /** A bucket; guarded by the store's lock. */
  private record Bucket(
      Instant created, TreeMap<String, S3Object> objects, BucketSettings settings) {}
}
