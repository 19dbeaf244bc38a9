// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.RestXmlBinding.Document;
import dev.syncline.sim.service.RestXmlBinding.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operations on objects, apart from copies, lists and multipart uploads. Thread-safe. */
record ObjectOperations(SimClock clock, String account, S3Store store) {
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
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires");
  private static final Document DELETE =
      new Document(
          "Delete",
          "Delete",
          true,
          false,
          Map.of(
              "Object", new Field.Item("Objects", List.of(), true),
              "Quiet", new Field.Flag("Quiet")));

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "DeleteObjects",
            account,
            S3Bindings.bucket("POST", Answer.document("DeleteResult"))
                .marked("delete")
                .headers(S3Bindings.headers(S3Bindings.CHECKSUMS))
                .carrying(DELETE),
            this::deleteSeveral),
        S3Call.blob(
            "PutObject",
            account,
            S3Bindings.object("PUT", S3Bindings.WRITTEN)
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CONTENT,
                        S3Bindings.DEFAULTS,
                        S3Bindings.CHECKSUMS,
                        S3Bindings.WRITE_CONDITIONS))
                .prefixed(S3Bindings.metadata()),
            this::put),
        S3Call.operation(
            "GetObject",
            account,
            S3Bindings.object("GET", Answer.bare(200))
                .query(READ_QUERY)
                .headers(S3Bindings.headers(READ)),
            this::get),
        S3Call.operation(
            "HeadObject",
            account,
            S3Bindings.object("HEAD", Answer.bare(200))
                .query(READ_QUERY)
                .headers(S3Bindings.headers(READ)),
            this::head),
        S3Call.operation(
            "DeleteObject",
            account,
            S3Bindings.object("DELETE", Answer.bare(204))
                .query(S3Bindings.query("versionId"))
                .headers(S3Bindings.headers(S3Bindings.WRITE_CONDITIONS)),
            this::delete));
  }

  private Output head(S3Call call) {
    Output got = get(call);
    return Output.raw(got.status(), got.headers(), new byte[0]);
  }

  private Output get(S3Call call) {
    ObjectAnswer answer =
        ObjectAnswer.of(
            store.get(call.bucket(), call.key(), call.parameter("versionId")), call.headers());
    var headers = new LinkedHashMap<>(answer.headers());
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
    store.requireBucket(call.bucket());
    ObjectKeys.require(call.key());
    WriteCondition condition = WriteCondition.ofWrite(call.headers());
    Map<String, String> checksums = Checksums.check(call.headers(), call.content());
    var object =
        new S3Object(
            call.key(),
            call.content(),
            Checksums.hex(Checksums.md5(call.content())),
            clock.now(),
            call.keptHeaders(),
            checksums);
    store.put(call.bucket(), object, condition);
    ObjectNode json =
        Json.object().put("ETag", object.quotedEtag()).put("ServerSideEncryption", "AES256");
    putChecksums(json, checksums);
    if (!checksums.isEmpty()) {
      json.put("ChecksumType", "FULL_OBJECT");
    }
    return Output.of(json);
  }

  static void putChecksums(ObjectNode json, Map<String, String> checksums) {
    checksums.forEach((header, value) -> json.put(S3Bindings.member(header), value));
  }

  private Output delete(S3Call call) {
    store.delete(
        call.bucket(),
        call.key(),
        call.parameter("versionId"),
        WriteCondition.ofDelete(call.headers()));
    return Output.empty();
  }

  private Output deleteSeveral(S3Call call) {
    store.requireBucket(call.bucket());
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
    for (Input object : objects) {
      String key = object.text("Key").orElseThrow(S3Errors::malformedXml);
      try {
        object
            .json()
            .fieldNames()
            .forEachRemaining(
                name -> {
                  if (!Set.of("Key", "VersionId", "ETag").contains(name)) {
                    throw S3Errors.notImplemented("the element '" + name + "' of DeleteObjects");
                  }
                });
        store.delete(
            call.bucket(),
            key,
            object.text("VersionId").orElse(""),
            WriteCondition.ofDelete(object.text("ETag").orElse("")));
        if (!quiet) {
          deleted.addObject().put("Key", key);
        }
      } catch (AwsException refused) {
        errors
            .addObject()
            .put("Key", key)
            .put("Code", refused.code())
            .put("Message", refused.text());
      }
    }
    return Output.of(json);
  }
}
