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
import dev.syncline.sim.service.http.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Operations on objects, apart from lists and multipart uploads. Thread-safe. */
final class ObjectOperations {
  private static final String COPY_CONDITION = "x-amz-copy-source-if-";
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
  private static final List<String> COPY =
      List.of(
          "x-amz-copy-source",
          "x-amz-copy-source-if-match",
          "x-amz-copy-source-if-none-match",
          "x-amz-copy-source-if-modified-since",
          "x-amz-copy-source-if-unmodified-since",
          "x-amz-metadata-directive",
          "x-amz-tagging-directive",
          "x-amz-checksum-algorithm",
          "x-amz-source-expected-bucket-owner");
  private static final Document DELETE =
      new Document(
          "Delete",
          "Delete",
          true,
          false,
          Map.of(
              "Object", new Field.Item("Objects", List.of(), true),
              "Quiet", new Field.Flag("Quiet")));

  private final SimClock clock;
  private final String account;
  private final S3Store store;

  ObjectOperations(SimClock clock, String account, S3Store store) {
    this.clock = clock;
    this.account = account;
    this.store = store;
  }

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
            "CopyObject",
            account,
            S3Bindings.object("PUT", Answer.payload("CopyObjectResult"))
                .marked("x-amz-copy-source")
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CONTENT,
                        S3Bindings.DEFAULTS,
                        S3Bindings.WRITE_CONDITIONS,
                        COPY))
                .prefixed(S3Bindings.metadata()),
            this::copy),
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
            object(call.bucket(), call.key(), call.parameter("versionId")), call.headers());
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

  private S3Object object(String bucket, String key, String versionId) {
    S3Object object = store.get(bucket, key);
    requireNullVersion(key, versionId);
    return object;
  }

  /** There is no versioning: the only version of an object is {@code null}. */
  private static void requireNullVersion(String key, String versionId) {
    if (!versionId.isEmpty() && !versionId.equals("null")) {
      throw S3Errors.noSuchVersion(key, versionId);
    }
  }

  private Output copy(S3Call call) {
    String text = call.header("x-amz-copy-source");
    String versionId = "";
    int version = text.indexOf("?versionId=");
    if (version >= 0) {
      versionId = text.substring(version + "?versionId=".length());
      text = text.substring(0, version);
    }
    String source = decodeSource(text);
    source = source.startsWith("/") ? source.substring(1) : source;
    int slash = source.indexOf('/');
    if (slash < 1 || source.startsWith("arn:")) {
      throw S3Errors.invalidArgument(
          "x-amz-copy-source",
          text,
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    String bucket = source.substring(0, slash);
    String key = source.substring(slash + 1);
    S3Object from = object(bucket, key, versionId);
    requireCopyConditions(from, copyConditions(call.headers()));
    boolean replace = replaces(call.header("x-amz-metadata-directive"));
    if (!replace && bucket.equals(call.bucket()) && key.equals(call.key())) {
      throw S3Errors.copyToItself();
    }
    store.requireBucket(call.bucket());
    ObjectKeys.require(call.key());
    var copy =
        new S3Object(
            call.key(),
            from.content(),
            Checksums.hex(Checksums.md5(from.content())),
            clock.now(),
            replace ? call.keptHeaders() : from.headers(),
            from.checksums());
    store.put(call.bucket(), copy, WriteCondition.ofWrite(call.headers()));
    ObjectNode json = Json.object();
    json.putObject("CopyObjectResult")
        .put("ETag", copy.quotedEtag())
        .put("LastModified", S3Text.time(copy.lastModified()));
    return Output.of(json);
  }

  private static void requireCopyConditions(S3Object source, Headers conditions) {
    ObjectAnswer.failedCondition(source, conditions)
        .ifPresent(
            name -> {
              throw S3Errors.preconditionFailed("x-amz-copy-source-" + name);
            });
  }

  private static boolean replaces(String directive) {
    return switch (directive) {
      case "", "COPY" -> false;
      case "REPLACE" -> true;
      default ->
          throw S3Errors.invalidArgument(
              "x-amz-metadata-directive", directive, "Unknown metadata directive.");
    };
  }

  private static Headers copyConditions(Headers headers) {
    Headers conditions = Headers.EMPTY;
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(COPY_CONDITION)) {
        conditions =
            conditions.with("if-" + name.substring(COPY_CONDITION.length()), header.getValue());
      }
    }
    return conditions;
  }

  /** Percent-decodes; unlike in a query, a plus sign is a plus sign. */
  private static String decodeSource(String source) {
    try {
      return URLDecoder.decode(source.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw S3Errors.invalidArgument("path", source, "The path is not percent-encoded properly.");
    }
  }

  private Output delete(S3Call call) {
    delete(
        call.bucket(),
        call.key(),
        call.parameter("versionId"),
        WriteCondition.ofDelete(call.headers()));
    return Output.empty();
  }

  private void delete(String bucket, String key, String versionId, WriteCondition condition) {
    store.requireBucket(bucket);
    requireNullVersion(key, versionId);
    store.delete(bucket, key, condition);
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
        delete(
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
