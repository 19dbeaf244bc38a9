// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operations that begin, fill and end uploads in parts. Thread-safe. */
record UploadOperations(ObjectWriter writer, Ids ids, MultipartStore uploads) {
  private static final String SOURCE_RANGE = "x-amz-copy-source-range";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");
  private static final String UPLOAD_ID = "uploadId";

  List<Operation> operations() {
    List<String> customer = ServerSideEncryption.customerHeaders(ServerSideEncryption.CUSTOMER);
    Map<String, String> begun = new HashMap<>(S3Bindings.ENCRYPTED);
    begun.remove("VersionId");
    begun.put("ChecksumAlgorithm", "x-amz-checksum-algorithm");
    begun.put("ChecksumType", "x-amz-checksum-type");
    Map<String, String> copied = new HashMap<>(S3Bindings.ENCRYPTED);
    copied.put("CopySourceVersionId", "x-amz-copy-source-version-id");
    return List.of(
        S3Call.operation(
            "CreateMultipartUpload",
            writer.account(),
            S3Bindings.object("POST", Answer.document("InitiateMultipartUploadResult").with(begun))
                .marked("uploads")
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CONTENT,
                        ObjectSettings.HEADERS,
                        ServerSideEncryption.WRITING,
                        List.of("x-amz-checksum-algorithm", "x-amz-checksum-type")))
                .prefixed(S3Bindings.metadata()),
            this::begin),
        S3Call.blob(
            "UploadPart",
            writer.account(),
            part(S3Bindings.WRITTEN)
                .marked(UPLOAD_ID)
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS, customer)),
            this::put),
        S3Call.operation(
            "UploadPartCopy",
            writer.account(),
            part(Answer.payload("CopyPartResult").with(copied))
                .marked(UPLOAD_ID, "x-amz-copy-source")
                .headers(S3Bindings.headers(CopySource.HEADERS, customer, List.of(SOURCE_RANGE))),
            this::copy),
        S3Call.operation(
            "CompleteMultipartUpload",
            writer.account(),
            S3Bindings.object(
                    "POST",
                    Answer.document("CompleteMultipartUploadResult").with(completedHeaders()))
                .marked(UPLOAD_ID)
                .query(S3Bindings.query(UPLOAD_ID))
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CHECKSUMS,
                        S3Bindings.WRITE_CONDITIONS,
                        customer,
                        List.of("x-amz-checksum-type", "x-amz-mp-object-size")))
                .carrying(
                    Document.shaped(
                        "MultipartUpload",
                        "CompleteMultipartUpload",
                        true,
                        "CompletedMultipartUpload")),
            this::complete),
        S3Call.operation(
            "AbortMultipartUpload",
            writer.account(),
            S3Bindings.object("DELETE", Answer.bare(204))
                .marked(UPLOAD_ID)
                .query(S3Bindings.query(UPLOAD_ID)),
            this::abort));
  }

  private static RestXmlBinding part(Answer answer) {
    return S3Bindings.object("PUT", answer).query(S3Bindings.query(UPLOAD_ID, "partNumber"));
  }

  /** The headers of a completed upload: those of every write, and no customer's key. */
  private static Map<String, String> completedHeaders() {
    Map<String, String> headers = new HashMap<>(S3Bindings.ENCRYPTED);
    headers.keySet().removeIf(member -> member.startsWith("SSECustomer"));
    return headers;
  }

  private Output begin(S3Call call) {
    ObjectSettings settings = writer.settings(call);
    String uploadId = ids.lowerAlphanumeric(64);
    MultipartUpload.Opening opening =
        MultipartUpload.Opening.of(uploadId, call, settings, writer.clock().now());
    uploads.begin(opening);
    ObjectNode json = ObjectWriter.describe(address(call), settings.headers());
    json.put("UploadId", uploadId);
    putAlgorithm(json, opening);
    return Output.of(json);
  }

  /** Puts the algorithm and type of the checksum, if the upload was begun with one. */
  static void putAlgorithm(ObjectNode json, MultipartUpload.Opening opening) {
    ChecksumAlgorithm algorithm = opening.algorithm();
    if (algorithm != null) {
      json.put("ChecksumAlgorithm", algorithm.name());
      json.put("ChecksumType", opening.checksumType());
    }
  }

  private Output put(S3Call call) {
    MultipartUpload upload = upload(call);
    Map<String, String> checksums = Checksums.check(call.headers(), call.content());
    upload.requireFits(call.headers(), checksums);
    MultipartUpload.Part part = keep(call, call.content(), checksums);
    ObjectNode json = Json.object().put("ETag", '"' + part.etag() + '"');
    Checksums.put(json, checksums);
    return Output.of(ObjectWriter.describe(json, upload.opening().settings().headers()));
  }

  private MultipartUpload.Part keep(S3Call call, byte[] content, Map<String, String> checksums) {
    var part =
        new MultipartUpload.Part(
            MultipartStore.partNumber(call.parameter("partNumber")),
            content,
            Checksums.hex(Checksums.md5(content)),
            writer.clock().now(),
            checksums);
    uploads.put(call.parameter(UPLOAD_ID), call.bucket(), call.key(), part);
    return part;
  }

  private Output copy(S3Call call) {
    MultipartUpload upload = upload(call);
    CopySource source = CopySource.of(call);
    S3Object from = source.read(writer.store(), call);
    byte[] content = range(call.header(SOURCE_RANGE), from);
    ChecksumAlgorithm algorithm = upload.opening().algorithm();
    MultipartUpload.Part part =
        keep(
            call,
            content,
            algorithm == null ? Map.of() : Map.of(algorithm.header(), algorithm.of(content)));
    upload.requireFits(call.headers(), part.checksums());
    ObjectNode json = ObjectWriter.describe(Json.object(), upload.opening().settings().headers());
    source.putVersion(json, writer.store(), from);
    ObjectNode result =
        json.putObject("CopyPartResult")
            .put("ETag", '"' + part.etag() + '"')
            .put("LastModified", S3Text.time(part.lastModified()));
    Checksums.put(result, part.checksums());
    return Output.of(json);
  }

  private static byte[] range(String range, S3Object from) {
    if (range.isEmpty()) {
      return from.content();
    }
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) > Long.parseLong(matcher.group(2))) {
      throw S3Errors.invalidArgument(
          SOURCE_RANGE,
          range,
          "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
              + " last are the zero-based offsets of the first and last bytes to copy");
    }
    long last = Long.parseLong(matcher.group(2));
    if (last >= from.size()) {
      throw S3Errors.invalidArgument(
          SOURCE_RANGE,
          range,
          "Range specified is not valid for source object of size: " + from.size());
    }
    return Arrays.copyOfRange(from.content(), Integer.parseInt(matcher.group(1)), (int) last + 1);
  }

  private Output complete(S3Call call) {
    MultipartUpload upload = upload(call);
    var named = new ArrayList<MultipartUpload.NamedPart>();
    for (Input part :
        call.input()
            .structure("MultipartUpload")
            .orElseThrow(S3Errors::malformedXml)
            .structures("Parts")) {
      named.add(namedPart(part));
    }
    S3Object object = upload.complete(named, call.headers(), writer.clock().now());
    S3Object stored =
        writer
            .store()
            .put(
                call.bucket(),
                object,
                upload.condition(call.headers()),
                "ObjectCreated:CompleteMultipartUpload");
    uploads.end(call.parameter(UPLOAD_ID));
    ObjectNode json = writer.describe(Json.object(), call.bucket(), stored);
    json.remove(List.of("SSECustomerAlgorithm", "SSECustomerKeyMD5"));
    json.put("Location", call.url());
    json.setAll(address(call));
    json.put("ETag", stored.quotedEtag());
    Checksums.put(json, stored.checksums());
    return Output.of(json.put("ChecksumType", stored.checksumType()));
  }

  private static MultipartUpload.NamedPart namedPart(Input part) {
    var checksums = new HashMap<String, String>();
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      part.text(algorithm.member()).ifPresent(value -> checksums.put(algorithm.member(), value));
    }
    return new MultipartUpload.NamedPart(
        MultipartStore.partNumber(S3Call.text(part, "PartNumber").orElse("")),
        part.text("ETag").orElseThrow(S3Errors::malformedXml).replace("\"", ""),
        checksums);
  }

  private Output abort(S3Call call) {
    uploads.end(upload(call).opening().uploadId());
    return Output.empty();
  }

  private MultipartUpload upload(S3Call call) {
    writer.store().requireBucket(call.bucket());
    return uploads.get(call.parameter(UPLOAD_ID), call.bucket(), call.key());
  }

  private static ObjectNode address(S3Call call) {
    return Json.object().put("Bucket", call.bucket()).put("Key", call.key());
  }
}
