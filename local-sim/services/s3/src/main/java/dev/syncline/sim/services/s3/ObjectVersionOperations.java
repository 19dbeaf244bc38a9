// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.util.List;
import java.util.function.UnaryOperator;

/** Operations on the versions that a bucket keeps. Thread-safe. */
record ObjectVersionOperations(String account, S3Store store) {
  private static final String CONFIGURATION = "VersioningConfiguration";

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "GetBucketVersioning",
            account,
            S3Bindings.bucket("GET", Answer.document(CONFIGURATION)).marked("versioning"),
            this::get),
        S3Call.operation(
            "PutBucketVersioning",
            account,
            S3Bindings.bucket("PUT", Answer.bare(200))
                .marked("versioning")
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS, List.of("x-amz-mfa")))
                .carrying(Document.shaped(CONFIGURATION, CONFIGURATION, true, CONFIGURATION)),
            this::put),
        S3Call.operation(
            "ListObjectVersions",
            account,
            S3Bindings.bucket("GET", Answer.document("ListVersionsResult"))
                .marked("versions")
                .query(
                    S3Bindings.query(
                        "prefix",
                        "delimiter",
                        "max-keys",
                        "encoding-type",
                        "key-marker",
                        "version-id-marker"))
                .headers(S3Bindings.headers(List.of("x-amz-optional-object-attributes"))),
            this::list));
  }

  private Output get(S3Call call) {
    ObjectNode json = Json.object();
    Versioning versioning = store.versioning(call.bucket());
    if (versioning.names()) {
      json.put("Status", versioning.status());
    }
    return Output.of(json);
  }

  private Output put(S3Call call) {
    store.requireBucket(call.bucket());
    Checksums.check(call.headers(), call.content());
    Input given = call.input().structure(CONFIGURATION).orElseThrow(S3Errors::malformedXml);
    if (given.text("MFADelete").filter("Enabled"::equals).isPresent()) {
      throw S3Errors.notImplemented("MFA delete (MfaDelete of PutBucketVersioning)");
    }
    store.setVersioning(
        call.bucket(),
        Versioning.of(
            given
                .text("Status")
                .orElseThrow(
                    () -> S3Errors.illegalVersioning("The Versioning element must be specified"))));
    return Output.empty();
  }

  private Output list(S3Call call) {
    String keyMarker = call.parameter("key-marker");
    String versionMarker = call.parameter("version-id-marker");
    if (keyMarker.isEmpty() && !versionMarker.isEmpty()) {
      throw S3Errors.invalidArgument(
          "version-id-marker",
          versionMarker,
          "A version-id marker cannot be specified without a key marker.");
    }
    UnaryOperator<String> encode = S3Text.encoding(call);
    Listing<S3Store.Listed> page =
        store.listVersions(
            call.bucket(), S3Text.listQuery(call, keyMarker, versionMarker, "max-keys"));
    ObjectNode json =
        S3Text.listHead(call, encode)
            .put("KeyMarker", encode.apply(keyMarker))
            .put("VersionIdMarker", versionMarker)
            .put("MaxKeys", S3Text.pageSize(call, "max-keys"));
    if (page.truncated()) {
      json.put("NextKeyMarker", encode.apply(page.last()));
      if (!page.lastItem().isEmpty()) {
        json.put("NextVersionIdMarker", page.lastItem());
      }
    }
    json.put("IsTruncated", page.truncated());
    ArrayNode versions = json.putArray("Versions");
    ArrayNode markers = json.putArray("DeleteMarkers");
    for (S3Store.Listed listed : page.items()) {
      S3Object version = listed.version();
      ObjectNode one = (version.marker() ? markers : versions).addObject();
      one.put("Key", encode.apply(version.key()))
          .put("VersionId", version.versionId())
          .put("IsLatest", listed.latest())
          .put("LastModified", S3Text.time(version.lastModified()));
      if (!version.marker()) {
        S3Text.describe(one, version);
      }
      one.set("Owner", S3Text.owner());
    }
    S3Text.putPrefixes(json, page.commonPrefixes(), encode);
    return Output.of(json);
  }
}
