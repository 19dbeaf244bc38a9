// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.http.Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Operations on objects, apart from multipart uploads. Thread-safe. */
final class ObjectRequests {
  private static final String COPY_CONDITION = "x-amz-copy-source-if-";
  private static final String RESPONSE = "response-";

  private final ObjectOperations operations;

  ObjectRequests(ObjectOperations operations) {
    this.operations = operations;
  }

  /** GetObject and HeadObject. */
  Output get(S3Call call, Input input) {
    ObjectAnswer answer =
        operations.get(call.bucket(), call.key(), call.parameter("versionId"), call.headers());
    var headers = new LinkedHashMap<>(answer.headers());
    call.query()
        .forEach(
            (name, value) -> {
              if (name.startsWith(RESPONSE)) {
                headers.put(name.substring(RESPONSE.length()), value);
              }
            });
    boolean head = call.method().equals("HEAD");
    return Output.raw(answer.status(), headers, head ? new byte[0] : answer.body());
  }

  Output put(S3Call call, Input input) {
    S3Object object =
        operations.put(
            call.bucket(), call.key(), call.content(), call.headers(), call.keptHeaders());
    ObjectNode json =
        Json.object().put("ETag", object.quotedEtag()).put("ServerSideEncryption", "AES256");
    putChecksums(json, object.checksums());
    if (!object.checksums().isEmpty()) {
      json.put("ChecksumType", "FULL_OBJECT");
    }
    return Output.of(json);
  }

  static void putChecksums(ObjectNode json, Map<String, String> checksums) {
    checksums.forEach((header, value) -> json.put(S3Binding.member(header), value));
  }

  Output copy(S3Call call, Input input) {
    String text = call.header("x-amz-copy-source");
    String versionId = "";
    int version = text.indexOf("?versionId=");
    if (version >= 0) {
      versionId = text.substring(version + "?versionId=".length());
      text = text.substring(0, version);
    }
    String source = S3Address.decode(text);
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
    S3Object from = operations.object(bucket, key, versionId);
    requireCopyConditions(from, copyConditions(call.headers()));
    boolean replace = replaces(call.header("x-amz-metadata-directive"));
    if (!replace && bucket.equals(call.bucket()) && key.equals(call.key())) {
      throw AwsException.badRequest(
          "InvalidRequest",
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
    S3Object copy =
        operations.copy(
            from,
            call.bucket(),
            call.key(),
            replace ? call.keptHeaders() : null,
            WriteCondition.ofWrite(call.headers()));
    ObjectNode json = Json.object();
    json.putObject("CopyObjectResult")
        .put("ETag", copy.quotedEtag())
        .put("LastModified", Answers.time(copy.lastModified()));
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

  Output delete(S3Call call, Input input) {
    operations.delete(
        call.bucket(),
        call.key(),
        call.parameter("versionId"),
        WriteCondition.ofDelete(call.headers()));
    return Output.empty();
  }

  /** DeleteObjects. */
  Output deleteSeveral(S3Call call, Input input) {
    operations.store().requireBucket(call.bucket());
    Checksums.check(call.headers(), call.content());
    Input delete = input.structure("Delete").orElseThrow(S3Errors::malformedXml);
    List<Input> objects = delete.structures("Objects");
    if (objects.isEmpty() || objects.size() > ObjectOperations.MOST_KEYS) {
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
        operations.delete(
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
