// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operations on multipart uploads. Thread-safe. */
final class UploadRequests {
  private final Ids ids;
  private final ObjectOperations operations;
  private final MultipartStore uploads;

  UploadRequests(Ids ids, ObjectOperations operations, MultipartStore uploads) {
    this.ids = ids;
    this.operations = operations;
    this.uploads = uploads;
  }

  Output begin(S3Call call, Input input) {
    operations.store().requireBucket(call.bucket());
    ObjectOperations.requireKey(call.key());
    String uploadId = ids.lowerAlphanumeric(64);
    uploads.begin(uploadId, call.bucket(), call.key(), call.keptHeaders());
    ObjectNode json = address(call).put("UploadId", uploadId);
    String algorithm = call.header("x-amz-checksum-algorithm");
    if (!algorithm.isEmpty()) {
      json.put("ChecksumAlgorithm", algorithm);
    }
    return Output.of(json);
  }

  Output put(S3Call call, Input input) {
    upload(call);
    if (!call.header("x-amz-copy-source").isEmpty()) {
      throw S3Errors.notImplemented("UploadPartCopy");
    }
    int number = MultipartStore.partNumber(call.parameter("partNumber"));
    Map<String, String> checksums = Checksums.check(call.headers(), call.content());
    String etag = Checksums.hex(Checksums.md5(call.content()));
    uploads.put(
        call.parameter("uploadId"),
        call.bucket(),
        call.key(),
        new MultipartStore.Part(number, call.content(), etag, operations.now()));
    ObjectNode json = Json.object().put("ETag", '"' + etag + '"');
    ObjectRequests.putChecksums(json, checksums);
    return Output.of(json);
  }

  Output complete(S3Call call, Input input) {
    MultipartStore.Upload upload = upload(call);
    var named = new ArrayList<MultipartStore.NamedPart>();
    for (Input part :
        input
            .structure("MultipartUpload")
            .orElseThrow(S3Errors::malformedXml)
            .structures("Parts")) {
      named.add(
          new MultipartStore.NamedPart(
              MultipartStore.partNumber(S3Call.text(part, "PartNumber").orElse("")),
              part.requiredText("ETag").replace("\"", "")));
    }
    S3Object object = upload.complete(named, operations.now());
    operations.store().put(call.bucket(), object, WriteCondition.ofWrite(call.headers()));
    uploads.end(call.parameter("uploadId"));
    ObjectNode json = Json.object().put("Location", "/" + call.bucket() + "/" + call.key());
    json.setAll(address(call));
    return Output.of(json.put("ETag", object.quotedEtag()));
  }

  Output abort(S3Call call, Input input) {
    upload(call);
    uploads.end(call.parameter("uploadId"));
    return Output.empty();
  }

  /** ListParts. */
  Output parts(S3Call call, Input input) {
    MultipartStore.Upload upload = upload(call);
    int most = number(call, "max-parts", ObjectOperations.MOST_KEYS);
    int after = number(call, "part-number-marker", 0);
    List<MultipartStore.Part> rest =
        upload.parts().stream().filter(part -> part.number() > after).toList();
    List<MultipartStore.Part> page = rest.subList(0, Math.min(most, rest.size()));
    ObjectNode json = address(call).put("UploadId", call.parameter("uploadId"));
    json.set("Initiator", BucketRequests.owner());
    json.set("Owner", BucketRequests.owner());
    json.put("StorageClass", "STANDARD")
        .put("PartNumberMarker", after)
        .put("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number())
        .put("MaxParts", most)
        .put("IsTruncated", page.size() < rest.size());
    ArrayNode parts = json.putArray("Parts");
    for (MultipartStore.Part part : page) {
      parts
          .addObject()
          .put("PartNumber", part.number())
          .put("LastModified", Answers.time(part.lastModified()))
          .put("ETag", '"' + part.etag() + '"')
          .put("Size", part.content().length);
    }
    return Output.of(json);
  }

  private MultipartStore.Upload upload(S3Call call) {
    operations.store().requireBucket(call.bucket());
    return uploads.get(call.parameter("uploadId"), call.bucket(), call.key());
  }

  private static ObjectNode address(S3Call call) {
    return Json.object().put("Bucket", call.bucket()).put("Key", call.key());
  }

  private static int number(S3Call call, String parameter, int fallback) {
    String value = call.parameter(parameter);
    if (value.isEmpty()) {
      return fallback;
    }
    if (!value.matches("\\d{1,5}")) {
      throw S3Errors.invalidArgument(
          parameter, value, "Provided " + parameter + " not an integer or within integer range");
    }
    return Math.min(Integer.parseInt(value), fallback == 0 ? Integer.MAX_VALUE : fallback);
  }
}
