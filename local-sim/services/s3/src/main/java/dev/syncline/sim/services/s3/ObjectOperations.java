// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations that write and read one object. Thread-safe. */
record ObjectOperations(ObjectWriter writer) {
  private static final String RESPONSE = "response-";
  private static final List<String> READ =
      List.of(
          "if-match",
          "if-none-match",
          "if-modified-since",
          "if-unmodified-since",
          "range",
          "x-amz-checksum-mode");
  private static final Map<String, String> READ_QUERY =
      S3Bindings.query(
          "versionId",
          "partNumber",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires");

  List<Operation> operations() {
    return List.of(
        S3Call.blob(
            "PutObject",
            writer.account(),
            S3Bindings.object("PUT", S3Bindings.WRITTEN)
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CONTENT,
                        ObjectSettings.HEADERS,
                        ServerSideEncryption.WRITING,
                        S3Bindings.CHECKSUMS,
                        S3Bindings.WRITE_CONDITIONS,
                        List.of(RestXmlBinding.FORM_HEADER)))
                .prefixed(S3Bindings.metadata()),
            this::put),
        reading("GetObject", "GET", this::get),
        reading("HeadObject", "HEAD", this::head));
  }

  private Operation reading(String name, String method, S3Call.Handler handler) {
    return S3Call.operation(
        name,
        writer.account(),
        S3Bindings.object(method, Answer.bare(200))
            .query(READ_QUERY)
            .headers(
                S3Bindings.headers(
                    READ, ServerSideEncryption.customerHeaders(ServerSideEncryption.CUSTOMER))),
        handler);
  }

  private Output head(S3Call call) {
    Output found = read(call, object(call));
    return Output.raw(found.status(), found.headers(), new byte[0]);
  }

  private Output get(S3Call call) {
    S3Object object = object(call);
    ObjectSettings.requireNotArchived(object);
    return read(call, object);
  }

  private S3Object object(S3Call call) {
    S3Object object = writer.store().get(call.bucket(), call.key(), call.parameter("versionId"));
    ServerSideEncryption.requireReadable(object, call.headers(), ServerSideEncryption.CUSTOMER);
    return object;
  }

  private Output read(S3Call call, S3Object object) {
    boolean named = writer.store().versioning(call.bucket()).names();
    ObjectAnswer answer =
        ObjectAnswer.of(object, named, call.headers(), call.parameter("partNumber"));
    var headers = new LinkedHashMap<>(answer.headers());
    if (call.parameter("versionId").isEmpty()) {
      writer
          .expiry()
          .of(call.bucket(), object)
          .ifPresent(value -> headers.put("x-amz-expiration", value));
    }
    call.query()
        .forEach(
            (name, value) -> {
              if (name.startsWith(RESPONSE)) {
                headers.put(name.substring(RESPONSE.length()), value);
              }
            });
    return Output.raw(answer.status(), headers, answer.body());
  }

  private Output put(S3Call call) {
    ObjectSettings settings = writer.settings(call);
    WriteCondition condition = WriteCondition.ofWrite(call.headers());
    S3Object stored =
        writer
            .store()
            .put(
                call.bucket(),
                S3Object.whole(
                    call.key(),
                    call.content(),
                    writer.clock().now(),
                    settings.headers(),
                    Checksums.checkOrCalculate(call.headers(), call.content()),
                    settings.tags()),
                condition,
                call.header(RestXmlBinding.FORM_HEADER).isEmpty()
                    ? "ObjectCreated:Put"
                    : "ObjectCreated:Post");
    ObjectNode json = writer.describe(Json.object(), call.bucket(), stored);
    Checksums.put(json, stored.checksums());
    return Output.of(
        json.put("ETag", stored.quotedEtag()).put("ChecksumType", stored.checksumType()));
  }
}
