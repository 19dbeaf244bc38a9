// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.http.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One unfinished upload in parts. Thread-safe. */
final class MultipartUpload {
  static final int MIN_PART_BYTES = 5 * 1024 * 1024;
  private static final String COMPOSITE = "COMPOSITE";
  private static final String FULL_OBJECT = "FULL_OBJECT";

  private final Opening opening;
  private final TreeMap<Integer, Part> parts = new TreeMap<>();
  private boolean keyDeleted;

  /**
   * How an upload was begun.
   *
   * @param algorithm of the object's checksum; null when the request named none
   * @param checksumType {@code COMPOSITE} or {@code FULL_OBJECT}
   */
  record Opening(
      String uploadId,
      String bucket,
      String key,
      ObjectSettings settings,
      @Nullable ChecksumAlgorithm algorithm,
      String checksumType,
      Instant begun) {

    /**
     * The algorithm and the type that a request names.
     *
     * @throws dev.syncline.sim.service.AwsException {@code InvalidRequest} for names that do not
     *     fit
     */
    static Opening of(String uploadId, S3Call call, ObjectSettings settings, Instant begun) {
      String name = call.header("x-amz-checksum-algorithm");
      String type = call.header("x-amz-checksum-type");
      @Nullable ChecksumAlgorithm algorithm = name.isEmpty() ? null : requireAlgorithm(name);
      if (algorithm == null && !type.isEmpty()) {
        throw S3Errors.invalidRequest(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      boolean full =
          type.isEmpty()
              ? algorithm == null || algorithm.isOnlyOfFullObjects()
              : type.equals(FULL_OBJECT);
      if (!type.isEmpty() && !type.equals(FULL_OBJECT) && !type.equals(COMPOSITE)) {
        throw S3Errors.invalidRequest("Value for x-amz-checksum-type header is invalid.");
      }
      if (algorithm != null
          && (full ? !algorithm.isOfFullObjects() : algorithm.isOnlyOfFullObjects())) {
        throw S3Errors.invalidRequest(
            "The "
                + type
                + " checksum type cannot be used with the "
                + algorithm.name().toLowerCase(Locale.ROOT)
                + " checksum algorithm.");
      }
      return new Opening(
          uploadId,
          call.bucket(),
          call.key(),
          settings,
          algorithm,
          full ? FULL_OBJECT : COMPOSITE,
          begun);
    }
  }

  /** An uploaded part; {@code etag} is without quotes, {@code checksums} as of an object. */
  record Part(
      int number,
      byte[] content,
      String etag,
      Instant lastModified,
      Map<String, String> checksums) {}

  /**
   * A part as the request to complete an upload names it.
   *
   * @param checksums base64 by member, such as {@code ChecksumCRC32}
   */
  record NamedPart(int number, String etag, Map<String, String> checksums) {}

  MultipartUpload(Opening opening) {
    this.opening = opening;
  }

  /**
   * The algorithm of a name.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidRequest} for an unknown one
   */
  static ChecksumAlgorithm requireAlgorithm(String name) {
    return ChecksumAlgorithm.named(name)
        .orElseThrow(
            () ->
                S3Errors.invalidRequest(
                    "Checksum algorithm provided is unsupported. Please try again with any of the"
                        + " valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
  }

  Opening opening() {
    return opening;
  }

  /** Remembers that the object of the upload's key was deleted. */
  synchronized void keyDeleted() {
    keyDeleted = true;
  }

  /** The condition with what the upload knows about its key. */
  synchronized WriteCondition condition(Headers headers) {
    return WriteCondition.ofWrite(headers).since(opening.begun(), keyDeleted);
  }

  synchronized void put(Part part) {
    parts.put(part.number(), part);
  }

  synchronized long size() {
    return parts.values().stream().mapToLong(part -> part.content().length).sum();
  }

  synchronized long sizeOf(int number) {
    Part part = parts.get(number);
    return part == null ? 0 : part.content().length;
  }

  synchronized List<Part> parts() {
    return List.copyOf(parts.values());
  }

  /** Refuses a part with another customer's key, or another checksum, than the upload has. */
  void requireFits(Headers request, Map<String, String> checksums) {
    String kept =
        opening.settings().headers().getOrDefault(ServerSideEncryption.CUSTOMER_DIGEST, "");
    String given = ServerSideEncryption.customerDigest(request, ServerSideEncryption.CUSTOMER);
    if (!kept.equals(given)) {
      throw S3Errors.invalidRequest(
          "The multipart upload initiate requested encryption. Subsequent part requests must"
              + " include the appropriate encryption parameters.");
    }
    ChecksumAlgorithm algorithm = opening.algorithm();
    if (algorithm != null && !checksums.containsKey(algorithm.header())) {
      throw S3Errors.invalidRequest(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + algorithm.name().toLowerCase(Locale.ROOT)
              + ", actual checksum Type: "
              + checksums.keySet().stream()
                  .findFirst()
                  .map(header -> header.substring(Checksums.PREFIX.length()))
                  .orElse("null"));
    }
  }

  /**
   * The object made of the parts named.
   *
   * @param request may have the checksum, its type and the size that the object must have
   */
  synchronized S3Object complete(List<NamedPart> named, Headers request, Instant now) {
    if (named.isEmpty()) {
      throw S3Errors.malformedXml();
    }
    List<Part> chosen = chosen(named);
    byte[] content = content(chosen);
    requireSize(request, content.length);
    Map<String, String> checksums = checksums(chosen, named, request, content);
    var digests = new byte[16 * chosen.size()];
    for (int i = 0; i < chosen.size(); i++) {
      System.arraycopy(Checksums.md5(chosen.get(i).content()), 0, digests, 16 * i, 16);
    }
    return new S3Object(
        opening.key(),
        S3Object.NULL_VERSION,
        false,
        content,
        Checksums.hex(Checksums.md5(digests)) + "-" + chosen.size(),
        now,
        opening.settings().headers(),
        checksums,
        opening.settings().tags(),
        chosen.stream()
            .map(
                part ->
                    new S3Object.ObjectPart(part.number(), part.content().length, part.checksums()))
            .toList());
  }

  private List<Part> chosen(List<NamedPart> named) {
    int previous = 0;
    for (NamedPart wanted : named) {
      if (wanted.number() <= previous) {
        throw S3Errors.invalidPartOrder();
      }
      previous = wanted.number();
    }
    var chosen = new ArrayList<Part>();
    for (NamedPart wanted : named) {
      Part part = parts.get(wanted.number());
      if (part == null || !part.etag().equals(wanted.etag()) || !agrees(part, wanted)) {
        throw S3Errors.invalidPart(wanted.number(), wanted.etag());
      }
      boolean isLast = chosen.size() == named.size() - 1;
      if (!isLast && part.content().length < MIN_PART_BYTES) {
        throw S3Errors.entityTooSmall(
            part.number(), part.etag(), part.content().length, MIN_PART_BYTES);
      }
      chosen.add(part);
    }
    return chosen;
  }

  /** A checksum that the request names must be the one of the part, if the part has it. */
  private static boolean agrees(Part part, NamedPart wanted) {
    for (Map.Entry<String, String> checksum : part.checksums().entrySet()) {
      String member =
          ChecksumAlgorithm.ofHeader(checksum.getKey()).map(ChecksumAlgorithm::member).orElse("");
      if (!wanted
          .checksums()
          .getOrDefault(member, checksum.getValue())
          .equals(checksum.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static byte[] content(List<Part> chosen) {
    long size = chosen.stream().mapToLong(part -> part.content().length).sum();
    if (size > Integer.MAX_VALUE - 8) {
      throw S3Errors.notImplemented("objects of more than 2 GB");
    }
    var content = new byte[(int) size];
    int at = 0;
    for (Part part : chosen) {
      System.arraycopy(part.content(), 0, content, at, part.content().length);
      at += part.content().length;
    }
    return content;
  }

  private static void requireSize(Headers request, long size) {
    Optional<String> given = request.first("x-amz-mp-object-size");
    if (given.isPresent() && !given.get().strip().equals(Long.toString(size))) {
      throw S3Errors.invalidRequest(
          "The provided 'x-amz-mp-object-size' header value "
              + given.get()
              + " does not match what was computed: "
              + size);
    }
  }

  private Map<String, String> checksums(
      List<Part> chosen, List<NamedPart> named, Headers request, byte[] content) {
    String type = request.first("x-amz-checksum-type").orElse(opening.checksumType());
    if (!type.equals(opening.checksumType())) {
      throw S3Errors.invalidRequest(
          "The upload was created using the "
              + opening.checksumType()
              + " checksum mode. The complete request must use the same checksum mode.");
    }
    ChecksumAlgorithm asked = opening.algorithm();
    ChecksumAlgorithm algorithm = asked == null ? ChecksumAlgorithm.CRC64NVME : asked;
    String calculated =
        type.equals(FULL_OBJECT) ? algorithm.of(content) : composite(algorithm, chosen, named);
    String given = Checksums.given(request).get(algorithm);
    if (given != null && !given.equals(calculated)) {
      throw S3Errors.badDigest(algorithm.name());
    }
    return Map.of(algorithm.header(), calculated);
  }

  private static String composite(
      ChecksumAlgorithm algorithm, List<Part> chosen, List<NamedPart> named) {
    for (NamedPart part : named) {
      if (!part.checksums().containsKey(algorithm.member())) {
        throw S3Errors.invalidRequest(
            "The upload was created using a "
                + algorithm.name().toLowerCase(Locale.ROOT)
                + " checksum. The complete request must include the checksum for each part. It was"
                + " missing for part "
                + part.number()
                + " in the request.");
      }
    }
    return algorithm.ofParts(
        chosen.stream()
            .map(part -> part.checksums().getOrDefault(algorithm.header(), ""))
            .toList());
  }
}
