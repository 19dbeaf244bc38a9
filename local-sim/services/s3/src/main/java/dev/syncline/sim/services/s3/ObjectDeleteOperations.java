// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Permissions;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import dev.syncline.sim.service.settings.IamMode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Operations that delete objects and versions. Thread-safe. */
record ObjectDeleteOperations(
    String account, S3Store store, MultipartStore uploads, Supplier<Permissions> permissions) {
  private static final List<String> RIGHTS =
      List.of("x-amz-mfa", "x-amz-bypass-governance-retention");

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "DeleteObjects",
            account,
            S3Bindings.bucket("POST", Answer.document("DeleteResult"))
                .marked("delete")
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS, RIGHTS))
                .carrying(Document.shaped("Delete", "Delete", true, "Delete")),
            this::deleteSeveral),
        S3Call.operation(
            "DeleteObject",
            account,
            S3Bindings.object(
                    "DELETE",
                    new Answer(
                        204,
                        "",
                        "",
                        "",
                        Map.of(
                            "VersionId", "x-amz-version-id", "DeleteMarker", "x-amz-delete-marker"),
                        ""))
                .query(S3Bindings.query("versionId"))
                .headers(
                    S3Bindings.headers(
                        S3Bindings.WRITE_CONDITIONS, WriteCondition.OF_DIRECTORY_BUCKETS, RIGHTS)),
            this::delete));
  }

  private Output delete(S3Call call) {
    S3Store.Deletion done =
        delete(
            call.bucket(),
            call.key(),
            call.parameter("versionId"),
            WriteCondition.ofDelete(call.headers()));
    ObjectNode json = Json.object();
    if (!done.versionId().isEmpty()) {
      json.put("VersionId", done.versionId());
    }
    if (done.marker()) {
      json.put("DeleteMarker", true);
    }
    return Output.of(json);
  }

  private S3Store.Deletion delete(
      String bucket, String key, String versionId, WriteCondition condition) {
    S3Store.Deletion done = store.delete(bucket, key, versionId, condition);
    uploads.keyDeleted(bucket, key);
    return done;
  }

  private Output deleteSeveral(S3Call call) {
    store.requireBucket(call.bucket());
    boolean summed =
        call.headers().first(Checksums.MD5).isPresent()
            || !Checksums.given(call.headers()).isEmpty();
    if (call.fromClient() && !summed) {
      throw S3Errors.invalidRequest(
          "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }
    Checksums.check(call.headers(), call.content());
    Input delete = call.input().structure("Delete").orElseThrow(S3Errors::malformedXml);
    List<Input> objects = delete.structures("Objects");
    if (objects.isEmpty() || objects.size() > S3Text.MAX_KEYS) {
      throw S3Errors.malformedXml();
    }
    boolean quiet = delete.bool("Quiet", false);
    ObjectNode json = Json.object();
    ArrayNode deleted = json.putArray("Deleted");
    ArrayNode errors = json.putArray("Errors");
    Permissions deciding = permissions.get();
    for (Input object : objects) {
      ObjectNode one = Json.object();
      String key = object.text("Key").filter(text -> !text.isEmpty()).orElse("");
      one.put("Key", key);
      String versionId = object.text("VersionId").orElse("");
      if (!versionId.isEmpty()) {
        one.put("VersionId", versionId);
      }
      try {
        requirePermission(deciding, call, key, versionId);
        deleteOne(call.bucket(), one, object);
        if (!quiet) {
          deleted.add(one);
        }
      } catch (AwsException refused) {
        errors.add(one.put("Code", refused.code()).put("Message", refused.text()));
      }
    }
    return Output.of(json);
  }

  private void requirePermission(Permissions deciding, S3Call call, String key, String versionId) {
    if (deciding.mode() != IamMode.OFF
        && !(call.context().caller() instanceof CallPrincipal.Internal)) {
      deciding
          .denial(S3Access.deletion(call.bucket(), key, versionId), call.context())
          .ifPresent(
              denial -> {
                throw S3Errors.accessDenied(denial, account);
              });
    }
  }

  private void deleteOne(String bucket, ObjectNode answer, Input object) {
    String key = answer.path("Key").asText();
    String versionId = answer.path("VersionId").asText("");
    if (key.isEmpty()) {
      throw S3Errors.userKeyMustBeSpecified();
    }
    for (String member : List.of("LastModifiedTime", "Size")) {
      if (object.has(member)) {
        throw S3Errors.impliedNotImplemented(member);
      }
    }
    boolean named = store.versioning(bucket).names();
    if (!named && !versionId.isEmpty() && !versionId.equals(S3Object.NULL_VERSION)) {
      throw S3Errors.noSuchVersion(key, versionId);
    }
    S3Store.Deletion done =
        delete(bucket, key, versionId, WriteCondition.ofDelete(object.text("ETag").orElse("")));
    if (done.marker()) {
      answer.put("DeleteMarker", true).put("DeleteMarkerVersionId", done.versionId());
    }
  }
}
