// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a request that writes an object says about it beside its content.
 *
 * @param headers to keep with the object, by lower-case name
 * @param tags of the header {@code x-amz-tagging}
 */
record ObjectSettings(Map<String, String> headers, Map<String, String> tags) {
  static final String STORAGE_CLASS = "x-amz-storage-class";
  static final String STANDARD = "STANDARD";
  static final String WEBSITE_REDIRECT = "x-amz-website-redirect-location";
  private static final int MAX_METADATA_BYTES = 2048;
  private static final int MAX_REDIRECT = 2048;
  private static final Set<String> STORAGE_CLASSES =
      Set.of(
          STANDARD,
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "GLACIER_IR",
          "DEEP_ARCHIVE");

  /** In the order in which objects may move; the others come before. */
  private static final List<String> TRANSITIONS =
      List.of(
          "STANDARD_IA",
          "INTELLIGENT_TIERING",
          "ONEZONE_IA",
          "GLACIER_IR",
          "GLACIER",
          "DEEP_ARCHIVE");

  /** Storage classes whose objects cannot be read before they are restored. */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private static final List<String> LOCKS =
      List.of(
          "x-amz-object-lock-mode",
          "x-amz-object-lock-retain-until-date",
          "x-amz-object-lock-legal-hold");

  /** The headers of requests that begin an object, apart from content headers and metadata. */
  static final List<String> HEADERS =
      List.of(
          "x-amz-acl",
          STORAGE_CLASS,
          WEBSITE_REDIRECT,
          ObjectTags.HEADER,
          LOCKS.get(0),
          LOCKS.get(1),
          LOCKS.get(2));

  /**
   * Reads a request.
   *
   * @param defaults the bucket's encryption
   * @throws dev.syncline.sim.service.AwsException for a value that S3 refuses
   */
  static ObjectSettings of(
      S3Call call, ServerSideEncryption encryption, Map<String, String> defaults) {
    Map<String, String> content = call.keptHeaders();
    requireMetadata(content);
    Map<String, String> kept = new TreeMap<>(content);
    kept.putAll(ownHeaders(call.headers(), encryption, defaults));
    return new ObjectSettings(kept, ObjectTags.ofHeader(call.header(ObjectTags.HEADER)));
  }

  /** The headers that a copy does not take from its source. */
  static Map<String, String> ownHeaders(
      Headers request, ServerSideEncryption encryption, Map<String, String> defaults) {
    for (String lock : LOCKS) {
      if (request.first(lock).isPresent()) {
        throw S3Errors.invalidRequest("Bucket is missing Object Lock Configuration");
      }
    }
    var kept = new TreeMap<>(encryption.kept(request, defaults));
    request
        .first(STORAGE_CLASS)
        .filter(value -> !value.equals(STANDARD))
        .ifPresent(
            value -> {
              if (!STORAGE_CLASSES.contains(value)) {
                throw S3Errors.invalidStorageClass(value);
              }
              kept.put(STORAGE_CLASS, value);
            });
    request
        .first(WEBSITE_REDIRECT)
        .ifPresent(
            value -> {
              if (!value.matches("(/|https?://).*") || value.length() > MAX_REDIRECT) {
                throw S3Errors.invalidRedirect(value);
              }
              kept.put(WEBSITE_REDIRECT, value);
            });
    return kept;
  }

  private static void requireMetadata(Map<String, String> headers) {
    int bytes =
        headers.entrySet().stream()
            .filter(header -> header.getKey().startsWith(S3Bindings.METADATA))
            .mapToInt(
                header ->
                    utf8(header.getKey()) - S3Bindings.METADATA.length() + utf8(header.getValue()))
            .sum();
    if (bytes > MAX_METADATA_BYTES) {
      throw S3Errors.metadataTooLarge(bytes, MAX_METADATA_BYTES);
    }
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The place of a class in the order in which lifecycle rules may move objects. */
  static int coldness(String storageClass) {
    return TRANSITIONS.indexOf(storageClass);
  }

  /** Refuses an object of an archive. */
  static void requireNotArchived(S3Object object) {
    if (ARCHIVES.contains(object.storageClass())) {
      throw S3Errors.invalidObjectState(object.storageClass());
    }
  }

  /** The names of those headers of an object that a copy takes with it. */
  static Map<String, String> copied(Map<String, String> headers) {
    Map<String, String> copied = new TreeMap<>(headers);
    copied
        .keySet()
        .removeIf(
            name -> !S3Bindings.CONTENT.contains(name) && !name.startsWith(S3Bindings.METADATA));
    return copied;
  }

  /** Whether the request has one of the headers. */
  static boolean names(Headers request, Collection<String> names) {
    return names.stream().anyMatch(name -> request.first(name).isPresent());
  }
}
