// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Buckets and objects in memory, at most {@link #MOST_BYTES} in all. Objects are immutable;
 * thread-safe.
 */
final class S3Store {
  /** What all objects and parts may take together. */
  static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** An object; {@code headers} are those that GetObject gives back, such as Content-Type. */
  record S3Object(
      String key, byte[] content, String etag, Map<String, String> headers, Instant modified) {}

  /** An upload in parts, by number. */
  record Upload(
      String id,
      String bucket,
      String key,
      Map<String, String> headers,
      TreeMap<Integer, byte[]> parts) {}

  /** A bucket. */
  record Bucket(String name, Instant created, TreeMap<String, S3Object> objects) {}

  private final SimClock clock;
  private final Ids ids;
  private final TreeMap<String, Bucket> buckets = new TreeMap<>();
  private final TreeMap<String, Upload> uploads = new TreeMap<>();
  private long bytes;

  S3Store(SimClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  synchronized List<Bucket> buckets() {
    return List.copyOf(buckets.values());
  }

  synchronized Bucket bucket(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new AwsException(
          "NoSuchBucket", 404, "The specified bucket does not exist", Map.of("BucketName", name));
    }
    return bucket;
  }

  synchronized void create(String name, boolean again) {
    if (!BUCKET.matcher(name).matches() || name.contains("..")) {
      throw AwsException.badRequest(
          "InvalidBucketName", "The specified bucket is not valid: '" + name + "'.");
    }
    if (buckets.containsKey(name)) {
      if (again) {
        return;
      }
      throw new AwsException(
          "BucketAlreadyOwnedByYou",
          409,
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    buckets.put(name, new Bucket(name, clock.now(), new TreeMap<>()));
  }

  synchronized void delete(String name) {
    if (!bucket(name).objects.isEmpty()) {
      throw new AwsException("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
    }
    buckets.remove(name);
    uploads.values().removeIf(upload -> upload.bucket.equals(name) && released(upload));
  }

  synchronized S3Object get(String bucket, String key) {
    S3Object object = bucket(bucket).objects.get(key);
    if (object == null) {
      throw new AwsException(
          "NoSuchKey", 404, "The specified key does not exist.", Map.of("Key", key));
    }
    return object;
  }

  synchronized boolean has(String bucket, String key) {
    return bucket(bucket).objects.containsKey(key);
  }

  synchronized S3Object put(
      String bucket, String key, byte[] content, Map<String, String> headers) {
    return put(bucket, key, content, md5(content), headers);
  }

  private S3Object put(
      String bucket, String key, byte[] content, String etag, Map<String, String> headers) {
    if (key.isEmpty() || key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 1024) {
      throw AwsException.badRequest("KeyTooLongError", "A key must have 1 to 1024 bytes.");
    }
    Bucket owner = bucket(bucket);
    S3Object before = owner.objects.get(key);
    reserve(content.length - (before == null ? 0L : before.content.length));
    var object = new S3Object(key, content, "\"" + etag + "\"", Map.copyOf(headers), clock.now());
    owner.objects.put(key, object);
    return object;
  }

  synchronized void remove(String bucket, String key) {
    S3Object gone = bucket(bucket).objects.remove(key);
    if (gone != null) {
      bytes -= gone.content.length;
    }
  }

  /** The objects whose key begins with the prefix and comes after {@code after}, in key order. */
  synchronized List<S3Object> list(String bucket, String prefix, String after) {
    return bucket(bucket).objects.tailMap(prefix, true).values().stream()
        .takeWhile(object -> object.key.startsWith(prefix))
        .filter(object -> object.key.compareTo(after) > 0)
        .toList();
  }

  synchronized String begin(String bucket, String key, Map<String, String> headers) {
    bucket(bucket);
    String id = ids.lowerAlphanumeric(64);
    uploads.put(id, new Upload(id, bucket, key, Map.copyOf(headers), new TreeMap<>()));
    return id;
  }

  synchronized String part(String bucket, String key, String id, int number, byte[] content) {
    if (number < 1 || number > 10_000) {
      throw AwsException.badRequest("InvalidArgument", "partNumber must be 1 to 10000.");
    }
    Upload upload = upload(bucket, key, id);
    byte[] before = upload.parts.get(number);
    reserve(content.length - (before == null ? 0L : before.length));
    upload.parts.put(number, content);
    return "\"" + md5(content) + "\"";
  }

  synchronized S3Object complete(
      String bucket, String key, String id, Map<Integer, String> etagByNumber) {
    Upload upload = upload(bucket, key, id);
    var content = new java.io.ByteArrayOutputStream();
    MessageDigest digest = digest();
    for (Map.Entry<Integer, String> named : etagByNumber.entrySet()) {
      byte[] part = upload.parts.get(named.getKey());
      if (part == null || !named.getValue().replace("\"", "").equals(md5(part))) {
        throw AwsException.badRequest(
            "InvalidPart",
            "One or more of the specified parts could not be found: part " + named.getKey() + ".");
      }
      content.writeBytes(part);
      digest.update(HexFormat.of().parseHex(md5(part)));
    }
    uploads.remove(id);
    released(upload);
    return put(
        bucket,
        key,
        content.toByteArray(),
        HexFormat.of().formatHex(digest.digest()) + "-" + etagByNumber.size(),
        upload.headers);
  }

  synchronized void abort(String bucket, String key, String id) {
    Upload upload = upload(bucket, key, id);
    uploads.remove(id);
    released(upload);
  }

  private Upload upload(String bucket, String key, String id) {
    bucket(bucket);
    Upload upload = uploads.get(id);
    if (upload == null || !upload.bucket.equals(bucket) || !upload.key.equals(key)) {
      throw new AwsException("NoSuchUpload", 404, "The specified multipart upload does not exist.");
    }
    return upload;
  }

  private boolean released(Upload upload) {
    upload.parts.values().forEach(part -> bytes -= part.length);
    return true;
  }

  private void reserve(long more) {
    if (bytes + more > MOST_BYTES) {
      throw AwsException.badRequest(
          "EntityTooLarge",
          "The simulator keeps at most " + MOST_BYTES + " bytes of objects in memory.");
    }
    bytes += more;
  }

  static String md5(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
