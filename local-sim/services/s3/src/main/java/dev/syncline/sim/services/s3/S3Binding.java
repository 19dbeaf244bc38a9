// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an operation travels over HTTP: which of its members are query parameters and which headers.
 * Source: S3's published model. Immutable.
 *
 * @param name as AWS spells it
 * @param method the HTTP method
 * @param marker the query parameter that tells it from others on the same address, empty for none
 * @param onKey whether it is about an object
 * @param query the parameters that it takes, by their names on the wire
 * @param headers the headers that it takes, by their names on the wire
 * @param payload the member that travels as an XML document in the body, empty for none
 */
record S3Binding(
    String name,
    String method,
    String marker,
    boolean onKey,
    List<String> query,
    List<String> headers,
    String payload) {
  static final String METADATA = "Metadata";

  private static final List<String> CONTENT =
      List.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "expires");
  private static final List<String> KEPT_AS_DEFAULT =
      List.of("x-amz-acl", "x-amz-server-side-encryption", "x-amz-storage-class");
  private static final List<String> CONDITIONS =
      List.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since");
  private static final List<String> CHECKSUMS =
      List.of(
          "content-md5",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-checksum-crc32",
          "x-amz-checksum-crc32c",
          "x-amz-checksum-crc64nvme",
          "x-amz-checksum-sha1",
          "x-amz-checksum-sha256");
  private static final List<String> EVERYWHERE =
      List.of("x-amz-expected-bucket-owner", "x-amz-request-payer");
  private static final List<String> RESPONSES =
      List.of(
          "versionId",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires");
  private static final List<String> LISTING =
      List.of("prefix", "delimiter", "max-keys", "encoding-type");

  /** Every operation. */
  static final List<S3Binding> ALL =
      List.of(
          bucket("CreateBucket", "PUT", "")
              .with(
                  List.of(),
                  List.of(
                      "x-amz-acl", "x-amz-bucket-object-lock-enabled", "x-amz-object-ownership"))
              .carrying("CreateBucketConfiguration"),
          bucket("HeadBucket", "HEAD", ""),
          bucket("ListBuckets", "GET", "")
              .with(
                  List.of("prefix", "max-buckets", "continuation-token", "bucket-region"),
                  List.of()),
          bucket("DeleteBucket", "DELETE", ""),
          bucket("GetBucketLocation", "GET", "location"),
          bucket("ListObjects", "GET", "").with(and(LISTING, "marker"), List.of()),
          bucket("ListObjectsV2", "GET", "list-type")
              .with(and(LISTING, "continuation-token", "start-after", "fetch-owner"), List.of()),
          bucket("DeleteObjects", "POST", "delete").with(List.of(), CHECKSUMS).carrying("Delete"),
          object("PutObject", "PUT", "")
              .with(
                  List.of(),
                  all(CONTENT, KEPT_AS_DEFAULT, CHECKSUMS, List.of("if-match", "if-none-match"))),
          object("GetObject", "GET", "")
              .with(RESPONSES, all(CONDITIONS, List.of("range", "x-amz-checksum-mode"))),
          object("HeadObject", "HEAD", "")
              .with(RESPONSES, all(CONDITIONS, List.of("range", "x-amz-checksum-mode"))),
          object("CopyObject", "PUT", "")
              .with(
                  List.of(),
                  all(
                      CONTENT,
                      KEPT_AS_DEFAULT,
                      List.of(
                          "if-match",
                          "if-none-match",
                          "x-amz-copy-source",
                          "x-amz-copy-source-if-match",
                          "x-amz-copy-source-if-none-match",
                          "x-amz-copy-source-if-modified-since",
                          "x-amz-copy-source-if-unmodified-since",
                          "x-amz-metadata-directive",
                          "x-amz-tagging-directive",
                          "x-amz-checksum-algorithm",
                          "x-amz-source-expected-bucket-owner"))),
          object("DeleteObject", "DELETE", "")
              .with(List.of("versionId"), List.of("if-match", "if-none-match")),
          object("CreateMultipartUpload", "POST", "uploads")
              .with(
                  List.of(),
                  all(
                      CONTENT,
                      KEPT_AS_DEFAULT,
                      List.of("x-amz-checksum-algorithm", "x-amz-checksum-type"))),
          object("UploadPart", "PUT", "uploadId")
              .with(List.of("uploadId", "partNumber"), and(CHECKSUMS, "x-amz-copy-source")),
          object("CompleteMultipartUpload", "POST", "uploadId")
              .with(
                  List.of("uploadId"),
                  all(
                      CHECKSUMS,
                      List.of(
                          "if-match",
                          "if-none-match",
                          "x-amz-checksum-type",
                          "x-amz-mp-object-size")))
              .carrying("MultipartUpload"),
          object("AbortMultipartUpload", "DELETE", "uploadId").with(List.of("uploadId"), List.of()),
          object("ListParts", "GET", "uploadId")
              .with(List.of("uploadId", "max-parts", "part-number-marker"), List.of()));

  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("content-md5", "ContentMD5"),
          Map.entry("x-amz-acl", "ACL"),
          Map.entry("x-amz-sdk-checksum-algorithm", "ChecksumAlgorithm"),
          Map.entry("x-amz-checksum-crc32", "ChecksumCRC32"),
          Map.entry("x-amz-checksum-crc32c", "ChecksumCRC32C"),
          Map.entry("x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"),
          Map.entry("x-amz-checksum-sha1", "ChecksumSHA1"),
          Map.entry("x-amz-checksum-sha256", "ChecksumSHA256"),
          Map.entry("x-amz-bucket-object-lock-enabled", "ObjectLockEnabledForBucket"),
          Map.entry("x-amz-mp-object-size", "MpuObjectSize"),
          Map.entry("x-amz-source-expected-bucket-owner", "ExpectedSourceBucketOwner"));

  private static S3Binding bucket(String name, String method, String marker) {
    return new S3Binding(name, method, marker, false, List.of(), EVERYWHERE, "");
  }

  private static S3Binding object(String name, String method, String marker) {
    return new S3Binding(name, method, marker, true, List.of(), EVERYWHERE, "");
  }

  private S3Binding with(List<String> newQuery, List<String> moreHeaders) {
    return new S3Binding(name, method, marker, onKey, newQuery, all(headers, moreHeaders), payload);
  }

  private S3Binding carrying(String newPayload) {
    return new S3Binding(name, method, marker, onKey, query, headers, newPayload);
  }

  /** The binding of an operation that there is. */
  static S3Binding of(String operation) {
    return ALL.stream()
        .filter(binding -> binding.name.equals(operation))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no operation " + operation));
  }

  /** The member that a header or a query parameter stands for. */
  static String member(String wire) {
    String other = OTHER_NAMES.get(wire);
    if (other != null) {
      return other;
    }
    var member = new StringBuilder();
    for (String word : (wire.startsWith("x-amz-") ? wire.substring(6) : wire).split("-")) {
      member.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return member.toString();
  }

  /** Whether an object's own metadata travels with it. */
  boolean hasMetadata() {
    return headers.containsAll(CONTENT);
  }

  /** The query parameters that are its own, the marker included. */
  String[] parameters() {
    var all = new TreeSet<>(query);
    if (!marker.isEmpty()) {
      all.add(marker);
    }
    return all.toArray(String[]::new);
  }

  /** Every input member. */
  String[] members() {
    Set<String> all = new TreeSet<>();
    if (!name.equals("ListBuckets")) {
      all.add("Bucket");
    }
    if (onKey) {
      all.add("Key");
    }
    query.forEach(parameter -> all.add(member(parameter)));
    headers.forEach(header -> all.add(member(header)));
    if (hasMetadata()) {
      all.add(METADATA);
    }
    if (!payload.isEmpty()) {
      all.add(payload);
    }
    return all.toArray(String[]::new);
  }

  /** Its headers by member, in order. */
  Map<String, String> headersByMember() {
    Map<String, String> byMember = new LinkedHashMap<>();
    headers.forEach(header -> byMember.putIfAbsent(member(header), header));
    return byMember;
  }

  private static List<String> and(List<String> first, String... more) {
    return all(first, Arrays.asList(more));
  }

  @SafeVarargs
  private static List<String> all(List<String>... lists) {
    return Arrays.stream(lists).flatMap(List::stream).distinct().toList();
  }
}
