// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.http.Headers;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operations on buckets and objects, apart from how they are asked for. Thread-safe.
 *
 * <p>There is one owner, and no versioning: the only version of an object is {@code null}.
 */
final class ObjectOperations {
  static final int MOST_KEYS = 1000;
  private static final int LONGEST_KEY = 1024;
  private static final String US_EAST_1 = "us-east-1";
  private static final Pattern LOCATION = Pattern.compile("[a-z]{2,3}(?:-[a-z]+)+-[1-9]|EU");

  private final SimClock clock;
  private final String region;
  private final S3Store store;

  ObjectOperations(SimClock clock, String region, S3Store store) {
    this.clock = clock;
    this.region = region;
    this.store = store;
  }

  S3Store store() {
    return store;
  }

  Instant now() {
    return clock.now();
  }

  String region() {
    return region;
  }

  /** Creates a bucket; in us-east-1 one's own bucket may be created again. */
  void createBucket(String bucket) {
    if (!store.createBucket(bucket, clock.now()) && !region.equals(US_EAST_1)) {
      throw new AwsException(
          "BucketAlreadyOwnedByYou",
          409,
          "Your previous request to create the named bucket succeeded and you already own it.",
          Map.of("BucketName", bucket));
    }
  }

  /**
   * Refuses a location other than this region; {@code location} is empty when none was given, which
   * stands for us-east-1. It has no name of its own as a constraint: AWS refuses it.
   */
  void requireLocation(String location) {
    boolean known = location.isEmpty() || LOCATION.matcher(location).matches();
    if (!known || (location.equals(US_EAST_1) && region.equals(US_EAST_1))) {
      throw new AwsException(
          "InvalidLocationConstraint",
          400,
          "The specified location-constraint is not valid",
          Map.of("LocationConstraint", location));
    }
    if (location.equals("EU") && region.equals("eu-west-1")) {
      return;
    }
    if (!(location.isEmpty() ? US_EAST_1 : location).equals(region)) {
      throw AwsException.badRequest(
          "IllegalLocationConstraintException",
          "The "
              + (location.isEmpty() ? "unspecified" : location)
              + " location constraint is incompatible for the region specific endpoint this"
              + " request was sent to.");
    }
  }

  /** What GetBucketLocation answers: empty for us-east-1. */
  String location() {
    return region.equals(US_EAST_1) ? "" : region;
  }

  /**
   * Puts an object.
   *
   * @param headers to check the content by
   * @param kept to be kept with the object
   */
  S3Object put(
      String bucket, String key, byte[] content, Headers headers, Map<String, String> kept) {
    store.requireBucket(bucket);
    requireKey(key);
    WriteCondition condition = WriteCondition.ofWrite(headers);
    Map<String, String> checksums = Checksums.check(headers, content);
    var object =
        new S3Object(
            key, content, Checksums.hex(Checksums.md5(content)), clock.now(), kept, checksums);
    store.put(bucket, object, condition);
    return object;
  }

  ObjectAnswer get(String bucket, String key, String versionId, Headers headers) {
    return ObjectAnswer.of(object(bucket, key, versionId), headers);
  }

  S3Object object(String bucket, String key, String versionId) {
    S3Object object = store.get(bucket, key);
    requireNullVersion(key, versionId);
    return object;
  }

  void delete(String bucket, String key, String versionId, WriteCondition condition) {
    store.requireBucket(bucket);
    requireNullVersion(key, versionId);
    store.delete(bucket, key, condition);
  }

  /**
   * Copies an object.
   *
   * @param kept replaces what was kept with the source; null to copy that too
   * @param condition on the object that is there already
   */
  S3Object copy(
      S3Object source,
      String bucket,
      String key,
      @Nullable Map<String, String> kept,
      WriteCondition condition) {
    store.requireBucket(bucket);
    requireKey(key);
    var object =
        new S3Object(
            key,
            source.content(),
            Checksums.hex(Checksums.md5(source.content())),
            clock.now(),
            kept == null ? source.headers() : kept,
            source.checksums());
    store.put(bucket, object, condition);
    return object;
  }

  static void requireKey(String key) {
    int length = ObjectAnswer.utf8(key).length;
    if (length > LONGEST_KEY) {
      throw new AwsException(
          "KeyTooLongError",
          400,
          "Your key is too long",
          Map.of("Size", Integer.toString(length), "MaxSizeAllowed", "" + LONGEST_KEY));
    }
  }

  private static void requireNullVersion(String key, String versionId) {
    if (!versionId.isEmpty() && !versionId.equals("null")) {
      throw S3Errors.noSuchVersion(key, versionId);
    }
  }
}
