// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The condition keys of S3: parameters, headers and tags of objects. */
record S3AccessKeys(S3Store store) {
  private static final String LISTS = "ListObjects ListObjectsV2 ListObjectVersions";
  private static final String WRITES =
      "PutObject CopyObject CreateMultipartUpload UploadPart UploadPartCopy CreateBucket"
          + " PutBucketAcl";
  private static final String OBJECTS =
      "GetObject HeadObject GetObjectAttributes GetObjectTagging PutObjectTagging"
          + " DeleteObjectTagging DeleteObject";

  private static final Map<String, String> HEADERS =
      Map.ofEntries(
          Map.entry("s3:x-amz-acl", "ACL"),
          Map.entry("s3:x-amz-copy-source", "CopySource"),
          Map.entry("s3:x-amz-grant-full-control", "GrantFullControl"),
          Map.entry("s3:x-amz-grant-read", "GrantRead"),
          Map.entry("s3:x-amz-grant-write", "GrantWrite"),
          Map.entry("s3:x-amz-metadata-directive", "MetadataDirective"),
          Map.entry("s3:x-amz-object-ownership", "ObjectOwnership"),
          Map.entry("s3:x-amz-server-side-encryption", "ServerSideEncryption"),
          Map.entry("s3:x-amz-server-side-encryption-aws-kms-key-id", "SSEKMSKeyId"),
          Map.entry("s3:x-amz-server-side-encryption-customer-algorithm", "SSECustomerAlgorithm"),
          Map.entry("s3:x-amz-storage-class", "StorageClass"),
          Map.entry("s3:x-amz-website-redirect-location", "WebsiteRedirectLocation"),
          Map.entry("s3:if-match", "IfMatch"),
          Map.entry("s3:if-none-match", "IfNoneMatch"));

  AccessTable into(AccessTable table) {
    HEADERS.forEach((key, member) -> table.keyOf(WRITES, key, member));
    return table
        .keyOf(LISTS, "s3:prefix", "Prefix")
        .keyOf(LISTS, "s3:delimiter", "Delimiter")
        .keyOf(LISTS, "s3:max-keys", "MaxKeys")
        .keyOf(OBJECTS, "s3:VersionId", "VersionId")
        .keyOf(
            "CreateBucket", "s3:locationconstraint", "CreateBucketConfiguration.LocationConstraint")
        .keys("PutObject CopyObject CreateMultipartUpload", S3AccessKeys::requested)
        .keys(OBJECTS, this::existing);
  }

  /** The tags of the header. */
  private static Map<String, List<String>> requested(AccessRequest request) {
    var keys = new LinkedHashMap<String, List<String>>();
    var names = new ArrayList<String>();
    for (String pair : request.text("Tagging").orElse("").split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (!parts[0].isEmpty()) {
        names.add(decoded(parts[0]));
        keys.put(
            "s3:RequestObjectTag/" + decoded(parts[0]),
            List.of(parts.length == 2 ? decoded(parts[1]) : ""));
      }
    }
    keys.put("s3:RequestObjectTagKeys", names);
    return keys;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** The tags that the object has. */
  private Map<String, List<String>> existing(AccessRequest request) {
    var keys = new LinkedHashMap<String, List<String>>();
    try {
      store
          .get(
              request.textOrAny("Bucket"),
              request.textOrAny("Key"),
              request.text("VersionId").orElse(""))
          .tags()
          .forEach((name, value) -> keys.put("s3:ExistingObjectTag/" + name, List.of(value)));
    } catch (AwsException noObject) {
      // The operation refuses it.
    }
    return keys;
  }
}
