// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Operations that list uploads in parts, and the parts of one. Thread-safe. */
record UploadListOperations(String account, S3Store store, MultipartStore uploads) {
  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "ListParts",
            account,
            S3Bindings.object("GET", Answer.document("ListPartsResult"))
                .marked("uploadId")
                .query(S3Bindings.query("uploadId", "max-parts", "part-number-marker"))
                .headers(
                    S3Bindings.headers(
                        ServerSideEncryption.customerHeaders(ServerSideEncryption.CUSTOMER))),
            this::parts),
        S3Call.operation(
            "ListMultipartUploads",
            account,
            S3Bindings.bucket("GET", Answer.document("ListMultipartUploadsResult"))
                .marked("uploads")
                .query(
                    S3Bindings.query(
                        "prefix",
                        "delimiter",
                        "max-uploads",
                        "encoding-type",
                        "key-marker",
                        "upload-id-marker")),
            this::list));
  }

  private Output parts(S3Call call) {
    store.requireBucket(call.bucket());
    MultipartUpload upload = uploads.get(call.parameter("uploadId"), call.bucket(), call.key());
    int most = S3Text.pageSize(call, "max-parts");
    int after = S3Text.number(call, "part-number-marker", 0);
    List<MultipartUpload.Part> rest =
        upload.parts().stream().filter(part -> part.number() > after).toList();
    List<MultipartUpload.Part> page = rest.subList(0, Math.min(most, rest.size()));
    ObjectNode json =
        Json.object()
            .put("Bucket", call.bucket())
            .put("Key", call.key())
            .put("UploadId", call.parameter("uploadId"));
    json.set("Initiator", S3Text.owner());
    json.set("Owner", S3Text.owner());
    json.put("StorageClass", storageClass(upload.opening()))
        .put("PartNumberMarker", after)
        .put("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number())
        .put("MaxParts", most)
        .put("IsTruncated", page.size() < rest.size());
    UploadOperations.putAlgorithm(json, upload.opening());
    ArrayNode parts = json.putArray("Parts");
    for (MultipartUpload.Part part : page) {
      ObjectNode one =
          parts
              .addObject()
              .put("PartNumber", part.number())
              .put("LastModified", S3Text.time(part.lastModified()))
              .put("ETag", '"' + part.etag() + '"')
              .put("Size", part.content().length);
      Checksums.put(one, part.checksums());
    }
    return Output.of(json);
  }

  private static String storageClass(MultipartUpload.Opening opening) {
    return opening
        .settings()
        .headers()
        .getOrDefault(ObjectSettings.STORAGE_CLASS, ObjectSettings.STANDARD);
  }

  private Output list(S3Call call) {
    store.requireBucket(call.bucket());
    String keyMarker = call.parameter("key-marker");
    // Without a key marker, S3 ignores the other one.
    String uploadMarker = keyMarker.isEmpty() ? "" : call.parameter("upload-id-marker");
    UnaryOperator<String> encode = S3Text.encoding(call);
    Listing<MultipartUpload> page =
        Listing.of(
            uploads.of(call.bucket()),
            Function.identity(),
            upload -> upload.opening().uploadId(),
            S3Text.listQuery(call, keyMarker, uploadMarker, "max-uploads"));
    ObjectNode json =
        Json.object()
            .put("Bucket", call.bucket())
            .put("KeyMarker", encode.apply(keyMarker))
            .put("UploadIdMarker", uploadMarker)
            .put("NextKeyMarker", encode.apply(page.last()))
            .put("NextUploadIdMarker", page.lastItem());
    S3Text.putQuery(json, call, encode);
    if (!call.parameter("prefix").isEmpty()) {
      json.put("Prefix", encode.apply(call.parameter("prefix")));
    }
    json.put("MaxUploads", S3Text.pageSize(call, "max-uploads"))
        .put("IsTruncated", page.truncated());
    ArrayNode listed = json.putArray("Uploads");
    for (MultipartUpload upload : page.items()) {
      MultipartUpload.Opening opening = upload.opening();
      ObjectNode one =
          listed
              .addObject()
              .put("UploadId", opening.uploadId())
              .put("Key", encode.apply(opening.key()))
              .put("Initiated", S3Text.time(opening.begun()))
              .put("StorageClass", storageClass(opening));
      one.set("Owner", S3Text.owner());
      one.set("Initiator", S3Text.owner());
      UploadOperations.putAlgorithm(one, opening);
    }
    S3Text.putPrefixes(json, page.commonPrefixes(), encode);
    return Output.of(json);
  }
}
