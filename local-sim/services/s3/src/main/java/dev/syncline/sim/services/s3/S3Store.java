// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The buckets and the versions of their objects, in memory. Objects are immutable snapshots; one
 * lock guards the maps and is never held while waiting or while the listener is told. Thread-safe.
 */
final class S3Store {
  private static final int VERSION_ID_LENGTH = 32;

  private final SimClock clock;
  private final Ids ids;
  private final ObjectListener listener;
  private final TreeMap<String, Bucket> buckets = new TreeMap<>();

  S3Store(SimClock clock, Ids ids, ObjectListener listener) {
    this.clock = clock;
    this.ids = ids;
    this.listener = listener;
  }

  /** Creates the bucket; false when it exists already. */
  synchronized boolean createBucket(
      String name, Instant now, BucketSettings settings, Versioning versioning) {
    BucketNames.require(name);
    var bucket = new Bucket(now, settings);
    bucket.versioning(versioning);
    return buckets.putIfAbsent(name, bucket) == null;
  }

  /** What is set on the bucket. */
  synchronized BucketSettings settings(String name) {
    return bucket(name).settings();
  }

  /** Refuses a bucket that does not exist. */
  synchronized void requireBucket(String name) {
    bucket(name);
  }

  /** Creation time by name, in order of name. */
  synchronized Map<String, Instant> buckets() {
    var created = new TreeMap<String, Instant>();
    buckets.forEach((name, bucket) -> created.put(name, bucket.created()));
    return created;
  }

  synchronized void deleteBucket(String name) {
    if (!bucket(name).isEmpty()) {
      throw S3Errors.bucketNotEmpty(name);
    }
    buckets.remove(name);
  }

  synchronized Versioning versioning(String bucket) {
    return bucket(bucket).versioning();
  }

  synchronized void setVersioning(String bucket, Versioning versioning) {
    Bucket of = bucket(bucket);
    boolean locked = of.settings().shared(BucketSetting.OBJECT_LOCK).isPresent();
    if (locked && versioning != Versioning.ENABLED) {
      throw BucketErrors.lockedVersions();
    }
    of.versioning(versioning);
  }

  /**
   * Adds a version of its key, or replaces the null version.
   *
   * @param condition on the object that exists already
   * @param event the notification's name
   * @return the object with its version
   */
  S3Object put(String bucket, S3Object object, WriteCondition condition, String event) {
    S3Object stored;
    synchronized (this) {
      Bucket into = bucket(bucket);
      condition.requireForWrite(object.key(), into.current(object.key()));
      stored = object.withVersion(nextVersion(into));
      into.add(stored);
    }
    listener.changed(bucket, event, stored);
    return stored;
  }

  private String nextVersion(Bucket bucket) {
    return bucket.versioning() == Versioning.ENABLED
        ? ids.lowerAlphanumeric(VERSION_ID_LENGTH)
        : S3Object.NULL_VERSION;
  }

  /**
   * The version of an object.
   *
   * @param versionId empty for the current one
   * @throws dev.syncline.sim.service.AwsException {@code NoSuchKey}, {@code NoSuchVersion}, or
   *     {@code MethodNotAllowed} for a delete marker
   */
  synchronized S3Object get(String bucket, String key, String versionId) {
    Bucket in = bucket(bucket);
    if (versionId.isEmpty()) {
      S3Object newest = in.newest(key);
      if (newest == null) {
        throw S3Errors.noSuchKey(key);
      }
      if (newest.marker()) {
        throw S3Errors.deleted(newest);
      }
      return newest;
    }
    return requireObject(requireVersion(in, key, versionId));
  }

  private static S3Object requireObject(S3Object version) {
    if (version.marker()) {
      throw S3Errors.deleteMarker(version);
    }
    return version;
  }

  private static S3Object requireVersion(Bucket in, String key, String versionId) {
    S3Object version = in.version(key, versionId);
    if (version != null) {
      return version;
    }
    boolean wellFormed =
        versionId.equals(S3Object.NULL_VERSION)
            || versionId.matches("[A-Za-z0-9._]{" + VERSION_ID_LENGTH + "}");
    throw wellFormed
        ? S3Errors.noSuchVersion(key, versionId)
        : S3Errors.invalidArgument("versionId", versionId, "Invalid version id specified");
  }

  /** What a deletion did. The version is empty in a bucket without versions. */
  record Deletion(String versionId, boolean marker) {}

  /**
   * Deletes a version, or the object: with versions, a delete marker becomes the newest.
   *
   * @param versionId empty for the object
   */
  Deletion delete(String bucket, String key, String versionId, WriteCondition condition) {
    S3Object changed;
    boolean markerCreated = false;
    Deletion deletion;
    synchronized (this) {
      Bucket in = bucket(bucket);
      if (!versionId.isEmpty()) {
        changed = in.version(key, versionId);
        condition.requireForDelete(changed);
        if (changed == null) {
          requireKnownForm(in, key, versionId);
          return new Deletion(versionId, false);
        }
        in.remove(changed);
        deletion = new Deletion(versionId, changed.marker());
      } else if (in.versioning() == Versioning.UNVERSIONED) {
        changed = in.current(key);
        condition.requireForDelete(changed);
        if (changed == null) {
          return new Deletion("", false);
        }
        in.remove(changed);
        deletion = new Deletion("", false);
      } else {
        condition.requireForDelete(in.current(key));
        markerCreated = true;
        changed = S3Object.marker(key, nextVersion(in), clock.now());
        in.add(changed);
        deletion = new Deletion(changed.versionId(), true);
      }
    }
    listener.changed(
        bucket,
        markerCreated ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete",
        changed);
    return deletion;
  }

  /** The versions of every key, the newest first; at one moment. */
  synchronized List<List<S3Object>> versions(String bucket) {
    return bucket(bucket).keys().values().stream().map(List::copyOf).toList();
  }

  /**
   * Ends a version by a rule of the bucket, unless it has changed meanwhile. The current object of
   * a bucket with versions gets a delete marker; everything else is removed.
   */
  boolean expire(String bucket, S3Object version) {
    S3Object changed = version;
    boolean hidden;
    synchronized (this) {
      Bucket in = bucket(bucket);
      if (!version.equals(in.version(version.key(), version.versionId()))) {
        return false;
      }
      hidden =
          !version.marker() && in.versioning().names() && version.equals(in.newest(version.key()));
      if (hidden) {
        changed = S3Object.marker(version.key(), nextVersion(in), clock.now());
        in.add(changed);
      } else {
        in.remove(version);
      }
    }
    listener.changed(
        bucket,
        hidden ? "LifecycleExpiration:DeleteMarkerCreated" : "LifecycleExpiration:Delete",
        changed);
    return true;
  }

  /** Deleting an unknown version succeeds, but its id must be one that S3 could have given. */
  private static void requireKnownForm(Bucket in, String key, String versionId) {
    try {
      requireVersion(in, key, versionId);
    } catch (AwsException refused) {
      if (!refused.code().equals("NoSuchVersion")) {
        throw refused;
      }
    }
  }

  /**
   * Changes what is kept with a version, such as its tags.
   *
   * @param versionId empty for the current one
   */
  S3Object change(
      String bucket, String key, String versionId, String event, UnaryOperator<S3Object> changing) {
    S3Object changed;
    synchronized (this) {
      changed = changing.apply(get(bucket, key, versionId));
      bucket(bucket).replace(changed);
    }
    listener.changed(bucket, event, changed);
    return changed;
  }

  /** The current objects. */
  synchronized Listing<S3Object> list(String bucket, Listing.Query query) {
    return Listing.of(
        bucket(bucket).keys(),
        versions ->
            versions.getFirst().marker() ? List.<S3Object>of() : List.of(versions.getFirst()),
        S3Object::versionId,
        query);
  }

  /** A version and whether it is the newest of its key. */
  record Listed(S3Object version, boolean latest) {}

  /** Every version and delete marker. */
  synchronized Listing<Listed> listVersions(String bucket, Listing.Query query) {
    return Listing.of(
        bucket(bucket).keys(),
        versions ->
            versions.stream()
                .map(version -> new Listed(version, version.equals(versions.getFirst())))
                .toList(),
        listed -> listed.version().versionId(),
        query);
  }

  private Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw S3Errors.noSuchBucket(name);
    }
    return bucket;
  }

  /** A bucket at one moment: its versions in order of key, and of one key the oldest first. */
  record Content(
      Instant created, Versioning versioning, BucketSettings settings, List<S3Object> versions) {}

  /** Every bucket with its versions, at one moment. */
  synchronized Map<String, Content> everything() {
    var all = new TreeMap<String, Content>();
    buckets.forEach(
        (name, bucket) ->
            all.put(
                name,
                new Content(
                    bucket.created(),
                    bucket.versioning(),
                    bucket.settings(),
                    bucket.keys().values().stream()
                        .flatMap(versions -> versions.reversed().stream())
                        .toList())));
    return all;
  }

  /** Puts back a saved version as the newest of its key, without telling the listener. */
  synchronized void restore(String bucket, S3Object version) {
    bucket(bucket).add(version);
  }
}
