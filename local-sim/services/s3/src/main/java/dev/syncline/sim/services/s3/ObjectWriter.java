// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the operations that write objects have in common. Thread-safe. */
record ObjectWriter(
    SimClock clock,
    String account,
    S3Store store,
    ServerSideEncryption encryption,
    DefaultEncryption defaults,
    ObjectExpiry expiry) {
  private static final Set<String> OWNERS_ACLS = Set.of("", "private", "bucket-owner-full-control");

  /**
   * The settings of a request that writes an object whole or begins an upload.
   *
   * @throws dev.syncline.sim.service.AwsException when there is no such bucket, and for what S3
   *     refuses
   */
  ObjectSettings settings(S3Call call) {
    store.requireBucket(call.bucket());
    ObjectKeys.require(call.key());
    requireOwnersAcl(call);
    return ObjectSettings.of(call, encryption, defaults.headers(call.bucket()));
  }

  /** The headers of a copy that are not taken from its source. */
  Map<String, String> ownHeaders(S3Call call) {
    store.requireBucket(call.bucket());
    ObjectKeys.require(call.key());
    requireOwnersAcl(call);
    return ObjectSettings.ownHeaders(call.headers(), encryption, defaults.headers(call.bucket()));
  }

  /** Objects have no access control lists of their own: the owner of the bucket has everything. */
  private void requireOwnersAcl(S3Call call) {
    String canned = call.header("x-amz-acl");
    if (OWNERS_ACLS.contains(canned)) {
      return;
    }
    throw store.settings(call.bucket()).ownerEnforced()
        ? BucketErrors.aclsNotSupported()
        : S3Errors.notImplemented("access control lists of objects ('" + canned + "')");
  }

  /** The members of an answer that describe a version. */
  ObjectNode describe(ObjectNode json, String bucket, S3Object object) {
    if (store.versioning(bucket).names()) {
      json.put("VersionId", object.versionId());
    }
    expiry.of(bucket, object).ifPresent(value -> json.put("Expiration", value));
    return describe(json, object.headers());
  }

  /** The members of an answer that describe encryption. */
  static ObjectNode describe(ObjectNode json, Map<String, String> headers) {
    S3Bindings.ENCRYPTED.forEach(
        (member, header) -> {
          String value = headers.get(header.toLowerCase(Locale.ROOT));
          if (value != null && member.equals("BucketKeyEnabled")) {
            json.put(member, value.equals("true"));
          } else if (value != null) {
            json.put(member, value);
          }
        });
    return json;
  }
}
