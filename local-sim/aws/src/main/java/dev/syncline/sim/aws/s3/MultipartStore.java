// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.service.AwsException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Multipart uploads under way, in memory. Thread-safe. */
final class MultipartStore {
  private static final int SMALLEST_PART = 5 * 1024 * 1024;
  private static final int MOST_PARTS = 10_000;

  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  void begin(String uploadId, String bucket, String key, Map<String, String> headers) {
    uploads.put(uploadId, new Upload(bucket, key, Map.copyOf(headers)));
  }

  Upload get(String uploadId, String bucket, String key) {
    Upload upload = uploads.get(uploadId);
    if (upload == null || !upload.bucket.equals(bucket) || !upload.key.equals(key)) {
      throw S3Errors.noSuchUpload(uploadId);
    }
    return upload;
  }

  void end(String uploadId) {
    uploads.remove(uploadId);
  }

  static int partNumber(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= MOST_PARTS) {
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

    synchronized void put(Part part) {
      parts.put(part.number(), part);
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
          throw new AwsException(
              "InvalidPart",
              400,
              "One or more of the specified parts could not be found.  The part may not have been"
                  + " uploaded, or the specified entity tag may not match the part's entity tag.",
              Map.of("PartNumber", Integer.toString(wanted.number()), "ETag", wanted.etag()));
        }
        boolean isLast = wanted == named.get(named.size() - 1);
        if (!isLast && part.content().length < SMALLEST_PART) {
          throw AwsException.badRequest(
              "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
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
          throw AwsException.badRequest(
              "InvalidPartOrder",
              "The list of parts was not in ascending order. Parts must be ordered by part"
                  + " number.");
        }
        previous = wanted.number();
      }
    }
  }
}
