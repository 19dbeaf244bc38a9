// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Unfinished multipart uploads, in memory. S3 keeps uploads that are never completed or aborted;
 * here the upload whose last part is oldest is aborted when a limit is reached. Thread-safe.
 */
final class MultipartStore {
  private static final int MAX_PARTS = 10_000;
  private static final int MAX_UPLOADS = 10_000;

  private static final Comparator<MultipartUpload> BY_BEGINNING =
      Comparator.comparing((MultipartUpload upload) -> upload.opening().begun())
          .thenComparing(upload -> upload.opening().uploadId());

  private final long maxBytes;

  /** In the order in which they were begun or given a part last. */
  private final LinkedHashMap<String, MultipartUpload> uploads = new LinkedHashMap<>();

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

  synchronized void begin(MultipartUpload.Opening opening) {
    uploads.put(opening.uploadId(), new MultipartUpload(opening));
    if (uploads.size() > MAX_UPLOADS) {
      end(uploads.keySet().iterator().next());
    }
  }

  synchronized MultipartUpload get(String uploadId, String bucket, String key) {
    MultipartUpload upload = uploads.get(uploadId);
    if (upload == null
        || !upload.opening().bucket().equals(bucket)
        || !upload.opening().key().equals(key)) {
      throw S3Errors.noSuchUpload(uploadId);
    }
    return upload;
  }

  /** Tells the uploads of a key that its object was deleted. */
  synchronized void keyDeleted(String bucket, String key) {
    for (MultipartUpload upload : uploads.values()) {
      if (upload.opening().bucket().equals(bucket) && upload.opening().key().equals(key)) {
        upload.keyDeleted();
      }
    }
  }

  /** The uploads of a bucket, by key in order of their beginning. */
  synchronized NavigableMap<String, List<MultipartUpload>> of(String bucket) {
    var found = new TreeMap<String, List<MultipartUpload>>(Bucket.BY_UTF8);
    for (MultipartUpload upload : uploads.values()) {
      if (upload.opening().bucket().equals(bucket)) {
        found.computeIfAbsent(upload.opening().key(), unused -> new ArrayList<>()).add(upload);
      }
    }
    found.values().forEach(same -> same.sort(BY_BEGINNING));
    return found;
  }

  /**
   * Adds a part to an upload.
   *
   * @throws dev.syncline.sim.service.AwsException when there is no such upload, or this part and
   *     the others of the upload are more than all parts may be
   */
  synchronized void put(String uploadId, String bucket, String key, MultipartUpload.Part part) {
    MultipartUpload upload = get(uploadId, bucket, key);
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
    MultipartUpload ended = uploads.remove(uploadId);
    if (ended != null) {
      bytes -= ended.size();
    }
  }

  /** Aborts the uploads of a bucket that is deleted. */
  synchronized void endAll(String bucket) {
    List<String> ended =
        uploads.entrySet().stream()
            .filter(upload -> upload.getValue().opening().bucket().equals(bucket))
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
}
