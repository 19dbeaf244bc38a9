// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import dev.syncline.sim.service.RestXmlBinding.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operations on multipart uploads. Thread-safe. */
record UploadOperations(
    SimClock clock, Ids ids, String account, S3Store store, MultipartStore uploads) {
  private static final Document PARTS =
      new Document(
          "MultipartUpload",
          "CompleteMultipartUpload",
          true,
          false,
          Map.of("Part", new Field.Item("Parts", List.of("PartNumber", "ETag"), false)));

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "CreateMultipartUpload",
            account,
            S3Bindings.object(
                    "POST",
                    Answer.document("InitiateMultipartUploadResult")
                        .with(Map.of("ChecksumAlgorithm", "x-amz-checksum-algorithm")))
                .marked("uploads")
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CONTENT,
                        S3Bindings.DEFAULTS,
                        List.of("x-amz-checksum-algorithm", "x-amz-checksum-type")))
                .prefixed(S3Bindings.metadata()),
            this::begin),
        S3Call.blob(
            "UploadPart",
            account,
            S3Bindings.object("PUT", S3Bindings.WRITTEN)
                .marked("uploadId")
                .query(S3Bindings.query("uploadId", "partNumber"))
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS, List.of("x-amz-copy-source"))),
            this::put),
        S3Call.operation(
            "CompleteMultipartUpload",
            account,
            S3Bindings.object("POST", Answer.document("CompleteMultipartUploadResult"))
                .marked("uploadId")
                .query(S3Bindings.query("uploadId"))
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CHECKSUMS,
                        S3Bindings.WRITE_CONDITIONS,
                        List.of("x-amz-checksum-type", "x-amz-mp-object-size")))
                .carrying(PARTS),
            this::complete),
        S3Call.operation(
            "AbortMultipartUpload",
            account,
            S3Bindings.object("DELETE", Answer.bare(204))
                .marked("uploadId")
                .query(S3Bindings.query("uploadId")),
            this::abort),
        S3Call.operation(
            "ListParts",
            account,
            S3Bindings.object("GET", Answer.document("ListPartsResult"))
                .marked("uploadId")
                .query(S3Bindings.query("uploadId", "max-parts", "part-number-marker")),
            this::parts));
  }

  private Output begin(S3Call call) {
    store.requireBucket(call.bucket());
    ObjectKeys.require(call.key());
    String uploadId = ids.lowerAlphanumeric(64);
    uploads.begin(uploadId, call.bucket(), call.key(), call.keptHeaders());
    ObjectNode json = address(call).put("UploadId", uploadId);
    String algorithm = call.header("x-amz-checksum-algorithm");
    if (!algorithm.isEmpty()) {
      json.put("ChecksumAlgorithm", algorithm);
    }
    return Output.of(json);
  }

  private Output put(S3Call call) {
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
        new MultipartStore.Part(number, call.content(), etag, clock.now()));
    ObjectNode json = Json.object().put("ETag", '"' + etag + '"');
    ObjectOperations.putChecksums(json, checksums);
    return Output.of(json);
  }

  private Output complete(S3Call call) {
    MultipartStore.Upload upload = upload(call);
    var named = new ArrayList<MultipartStore.NamedPart>();
    for (Input part :
        call.input()
            .structure("MultipartUpload")
            .orElseThrow(S3Errors::malformedXml)
            .structures("Parts")) {
      named.add(
          new MultipartStore.NamedPart(
              MultipartStore.partNumber(S3Call.text(part, "PartNumber").orElse("")),
              part.requiredText("ETag").replace("\"", "")));
    }
    S3Object object = upload.complete(named, clock.now());
    store.put(call.bucket(), object, WriteCondition.ofWrite(call.headers()));
    uploads.end(call.parameter("uploadId"));
    ObjectNode json = Json.object().put("Location", "/" + call.bucket() + "/" + call.key());
    json.setAll(address(call));
    return Output.of(json.put("ETag", object.quotedEtag()));
  }

  private Output abort(S3Call call) {
    upload(call);
    uploads.end(call.parameter("uploadId"));
    return Output.empty();
  }

  private Output parts(S3Call call) {
    MultipartStore.Upload upload = upload(call);
    int most = number(call, "max-parts", S3Text.MAX_KEYS);
    int after = number(call, "part-number-marker", 0);
    List<MultipartStore.Part> rest =
        upload.parts().stream().filter(part -> part.number() > after).toList();
    List<MultipartStore.Part> page = rest.subList(0, Math.min(most, rest.size()));
    ObjectNode json = address(call).put("UploadId", call.parameter("uploadId"));
    json.set("Initiator", S3Text.owner());
    json.set("Owner", S3Text.owner());
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
          .put("LastModified", S3Text.time(part.lastModified()))
          .put("ETag", '"' + part.etag() + '"')
          .put("Size", part.content().length);
    }
    return Output.of(json);
  }

  private MultipartStore.Upload upload(S3Call call) {
    store.requireBucket(call.bucket());
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
