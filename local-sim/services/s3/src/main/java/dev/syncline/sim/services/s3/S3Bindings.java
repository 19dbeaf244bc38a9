// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Address;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The HTTP form of S3's operations: lists of headers, and members by name. Source: S3's model. */
final class S3Bindings {
  /** The prefix of headers with an object's own metadata. */
  static final String METADATA = "x-amz-meta-";

  /** Headers that are kept with an object. */
  static final List<String> CONTENT =
      List.of(
          "content-type",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "expires");

  static final List<String> CHECKSUMS =
      List.of(
          "content-md5",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-checksum-crc32",
          "x-amz-checksum-crc32c",
          "x-amz-checksum-crc64nvme",
          "x-amz-checksum-sha1",
          "x-amz-checksum-sha256");

  static final List<String> WRITE_CONDITIONS = List.of("if-match", "if-none-match");

  /** Names, wrapped lists, and the headers that are supported or cannot change an answer. */
  static final Protocol.RestXml PROTOCOL =
      new Protocol.RestXml(
          "http://s3.amazonaws.com/doc/2006-03-01/",
          Map.ofEntries(
              Map.entry("Errors", "Error"),
              Map.entry("Parts", "Part"),
              Map.entry("Buckets", "Bucket"),
              Map.entry("TagSet", "Tag"),
              Map.entry("Versions", "Version"),
              Map.entry("DeleteMarkers", "DeleteMarker"),
              Map.entry("Uploads", "Upload")),
          Set.of("Buckets", "TagSet"),
          new Protocol.HeaderRule(
              Set.of(
                  "x-amz-acl",
                  "x-amz-bucket-object-lock-enabled",
                  "x-amz-bucket-region",
                  "x-amz-bypass-governance-retention",
                  "x-amz-checksum-algorithm",
                  "x-amz-checksum-mode",
                  "x-amz-checksum-type",
                  "x-amz-confirm-remove-self-bucket-access",
                  "x-amz-content-sha256",
                  "x-amz-copy-source",
                  "x-amz-copy-source-range",
                  "x-amz-date",
                  "x-amz-decoded-content-length",
                  "x-amz-expected-bucket-owner",
                  "x-amz-max-parts",
                  "x-amz-metadata-directive",
                  "x-amz-object-ownership",
                  "x-amz-skip-destination-validation",
                  "x-amz-mp-object-size",
                  "x-amz-object-attributes",
                  "x-amz-optional-object-attributes",
                  "x-amz-part-number-marker",
                  "x-amz-request-payer",
                  "x-amz-sdk-checksum-algorithm",
                  "x-amz-security-token",
                  "x-amz-source-expected-bucket-owner",
                  "x-amz-storage-class",
                  "x-amz-tagging",
                  "x-amz-tagging-directive",
                  "x-amz-te",
                  "x-amz-trailer",
                  "x-amz-transition-default-minimum-object-size",
                  "x-amz-user-agent",
                  "x-amz-website-redirect-location"),
              Set.of(
                  METADATA,
                  Checksums.PREFIX,
                  "x-amz-copy-source-if-",
                  "x-amz-grant-",
                  ServerSideEncryption.COPY_SOURCE,
                  ServerSideEncryption.METHOD,
                  "x-amz-if-match-",
                  "x-amz-object-lock-"),
              Map.of()));

  /** The headers of answers that describe encryption, version and expiry, by member. */
  static final Map<String, String> ENCRYPTED =
      Map.of(
          "Expiration",
          "x-amz-expiration",
          "VersionId",
          "x-amz-version-id",
          "ServerSideEncryption",
          ServerSideEncryption.METHOD,
          "SSEKMSKeyId",
          ServerSideEncryption.KMS_KEY,
          "BucketKeyEnabled",
          ServerSideEncryption.BUCKET_KEY,
          "SSECustomerAlgorithm",
          ServerSideEncryption.CUSTOMER + "algorithm",
          "SSECustomerKeyMD5",
          ServerSideEncryption.CUSTOMER + "key-MD5");

  /** The answer of a write: the entity tag and the checksums. */
  static final Answer WRITTEN = Answer.headers(writtenHeaders());

  private static Map<String, String> writtenHeaders() {
    Map<String, String> headers = new LinkedHashMap<>(ENCRYPTED);
    headers.put("ETag", "ETag");
    headers.put("ChecksumType", "x-amz-checksum-type");
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      headers.put(algorithm.member(), algorithm.header());
    }
    return headers;
  }

  private static final List<String> EVERYWHERE =
      List.of("x-amz-expected-bucket-owner", "x-amz-request-payer");

  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("content-md5", "ContentMD5"),
          Map.entry("x-amz-acl", "ACL"),
          Map.entry(RestXmlBinding.FORM_HEADER, "PostForm"),
          Map.entry("x-amz-sdk-checksum-algorithm", "ChecksumAlgorithm"),
          Map.entry("x-amz-grant-read-acp", "GrantReadACP"),
          Map.entry("x-amz-grant-write-acp", "GrantWriteACP"),
          Map.entry("x-amz-checksum-crc32", "ChecksumCRC32"),
          Map.entry("x-amz-checksum-crc32c", "ChecksumCRC32C"),
          Map.entry("x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"),
          Map.entry("x-amz-checksum-sha1", "ChecksumSHA1"),
          Map.entry("x-amz-checksum-sha256", "ChecksumSHA256"),
          Map.entry("x-amz-bucket-object-lock-enabled", "ObjectLockEnabledForBucket"),
          Map.entry("x-amz-object-lock-legal-hold", "ObjectLockLegalHoldStatus"),
          Map.entry(ServerSideEncryption.METHOD, "ServerSideEncryption"),
          Map.entry(ServerSideEncryption.KMS_KEY, "SSEKMSKeyId"),
          Map.entry(ServerSideEncryption.BUCKET_KEY, "BucketKeyEnabled"),
          Map.entry(ServerSideEncryption.CONTEXT, "SSEKMSEncryptionContext"),
          Map.entry(ServerSideEncryption.CUSTOMER + "algorithm", "SSECustomerAlgorithm"),
          Map.entry(ServerSideEncryption.CUSTOMER + "key", "SSECustomerKey"),
          Map.entry(ServerSideEncryption.CUSTOMER_DIGEST, "SSECustomerKeyMD5"),
          Map.entry(
              ServerSideEncryption.COPY_SOURCE + "algorithm", "CopySourceSSECustomerAlgorithm"),
          Map.entry(ServerSideEncryption.COPY_SOURCE + "key", "CopySourceSSECustomerKey"),
          Map.entry(ServerSideEncryption.COPY_SOURCE + "key-md5", "CopySourceSSECustomerKeyMD5"),
          Map.entry("x-amz-mfa", "MFA"),
          Map.entry("x-amz-mp-object-size", "MpuObjectSize"),
          Map.entry("x-amz-source-expected-bucket-owner", "ExpectedSourceBucketOwner"));

  private S3Bindings() {}

  static RestXmlBinding service(String method, Answer answer) {
    return RestXmlBinding.of(method, Address.SERVICE, answer).headers(members(EVERYWHERE));
  }

  static RestXmlBinding bucket(String method, Answer answer) {
    return RestXmlBinding.of(method, Address.BUCKET, answer).headers(members(EVERYWHERE));
  }

  static RestXmlBinding object(String method, Answer answer) {
    return RestXmlBinding.of(method, Address.KEY, answer).headers(members(EVERYWHERE));
  }

  /** Headers beside those that every operation has. */
  @SafeVarargs
  static Map<String, String> headers(List<String>... lists) {
    var all = new ArrayList<>(EVERYWHERE);
    List.of(lists).forEach(all::addAll);
    return members(all);
  }

  static Map<String, String> query(String... parameters) {
    return members(List.of(parameters));
  }

  /** The headers of an object's own metadata. */
  static RestXmlBinding.Prefix metadata() {
    return new RestXmlBinding.Prefix(METADATA, "Metadata");
  }

  private static Map<String, String> members(List<String> wire) {
    var members = new LinkedHashMap<String, String>();
    wire.forEach(name -> members.put(name, member(name)));
    return members;
  }

  /** The member of a header or a query parameter. */
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
}
