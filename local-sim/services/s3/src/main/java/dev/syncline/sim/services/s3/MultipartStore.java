// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Unfinished multipart uploads, in memory. S3 keeps uploads that are never completed or aborted;
 * here the upload whose last part is oldest is aborted when a limit is reached. Thread-safe.
 */
final class MultipartStore {
  private static final int MIN_PART_BYTES = 5 * 1024 * 1024;
  private static final int MAX_PARTS = 10_000;
  private static final int MAX_UPLOADS = 10_000;

  private final long maxBytes;

  /** In the order in which they were begun or given a part last. */
  private final LinkedHashMap<String, Upload> uploads = new LinkedHashMap<>();

  private long bytes;

  /**
   * Without uploads.
   *
   * @param maxBytes how much all parts together may take
   */
  MultipartStore(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** With a quarter of the heap, at least 256 MB. */
  MultipartStore() {
    this(Math.max(256L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 4));
  }

  synchronized void begin(String uploadId, String bucket, String key, Map<String, String> headers) {
    uploads.put(uploadId, new Upload(bucket, key, Map.copyOf(headers)));
    if (uploads.size() > MAX_UPLOADS) {
      end(uploads.keySet().iterator().next());
    }
  }

  synchronized Upload get(String uploadId, String bucket, String key) {
    Upload upload = uploads.get(uploadId);
    if (upload == null || !upload.bucket.equals(bucket) || !upload.key.equals(key)) {
      throw S3Errors.noSuchUpload(uploadId);
    }
    return upload;
  }

  /**
   * Adds a part to an upload.
   *
   * @throws dev.syncline.sim.service.AwsException when there is no such upload, or this part and
   *     the others of the upload are more than all parts may be
   */
  synchronized void put(String uploadId, String bucket, String key, Part part) {
    Upload upload = get(uploadId, bucket, key);
    long more = part.content().length - upload.sizeOf(part.number());
    if (upload.size() + more > maxBytes) {
      throw S3Errors.notImplemented(
          "uploads of more than " + maxBytes + " bytes, because parts are kept in memory");
    }
    uploads.remove(uploadId);
    while (bytes + more > maxBytes && !uploads.isEmpty()) {
      end(uploads.keySet().iterator().next());
    }
    uploads.put(uploadId, upload);
    upload.put(part);
    bytes += more;
  }

  synchronized void end(String uploadId) {
    Upload ended = uploads.remove(uploadId);
    if (ended != null) {
      bytes -= ended.size();
    }
  }

  /** Aborts the uploads of a bucket that is deleted. */
  synchronized void endAll(String bucket) {
    List<String> ended =
        uploads.entrySet().stream()
            .filter(upload -> upload.getValue().bucket.equals(bucket))
            .map(Map.Entry::getKey)
            .toList();
    ended.forEach(this::end);
  }

  static int partNumber(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= MAX_PARTS) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Answered below.
    }
    throw S3Errors.invalidArgument(
        "partNumber", value, "Part number must be an integer between 1 and 10000, inclusive");
  }

  /** An uploaded part; {@code etag} is without quotes. */
  record Part(int number, byte[] content, String etag, Instant lastModified) {}

  /** A part as the request to complete an upload names it. */
  record NamedPart(int number, String etag) {}

  /** One upload. Thread-safe. */
  static final class Upload {
    private final String bucket;
    private final String key;
    private final Map<String, String> headers;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();

    private Upload(String bucket, String key, Map<String, String> headers) {
      this.bucket = bucket;
      this.key = key;
      this.headers = headers;
    }

    private synchronized void put(Part part) {
      parts.put(part.number(), part);
    }

    private synchronized long size() {
      return parts.values().stream().mapToLong(part -> part.content().length).sum();
    }

    private synchronized long sizeOf(int number) {
      Part part = parts.get(number);
      return part == null ? 0 : part.content().length;
    }

    synchronized List<Part> parts() {
      return List.copyOf(parts.values());
    }

    /** The object made of the parts named. */
    synchronized S3Object complete(List<NamedPart> named, Instant now) {
      if (named.isEmpty()) {
        throw S3Errors.malformedXml();
      }
      requireAscending(named);
      var content = new ByteArrayOutputStream();
      var digests = new ByteArrayOutputStream();
      for (NamedPart wanted : named) {
        Part part = parts.get(wanted.number());
        if (part == null || !part.etag().equals(wanted.etag())) {
          throw S3Errors.invalidPart(wanted.number(), wanted.etag());
        }
        boolean isLast = wanted == named.get(named.size() - 1);
        if (!isLast && part.content().length < MIN_PART_BYTES) {
          throw S3Errors.entityTooSmall();
        }
        content.writeBytes(part.content());
        digests.writeBytes(Checksums.md5(part.content()));
      }
      String etag = Checksums.hex(Checksums.md5(digests.toByteArray())) + "-" + named.size();
      return new S3Object(key, content.toByteArray(), etag, now, headers, Map.of());
    }

    private static void requireAscending(List<NamedPart> named) {
      int previous = 0;
      for (NamedPart wanted : named) {
        if (wanted.number() <= previous) {
          throw S3Errors.invalidPartOrder();
        }
        previous = wanted.number();
      }
    }
  }
}
