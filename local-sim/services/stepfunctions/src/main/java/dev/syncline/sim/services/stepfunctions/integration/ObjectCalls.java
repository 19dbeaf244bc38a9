// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Calls of S3, whose objects are bodies and headers: {@code aws-sdk:s3} tasks get them as members
 * of their answer, a distributed Map's ItemReader and ResultWriter as the engine expects them.
 */
record ObjectCalls(IntegrationCalls services, Ids ids) {
  private static final String S3 = "s3";
  private static final Map<String, String> MEMBER_BY_HEADER =
      Map.of(
          "accept-ranges", "AcceptRanges",
          "cache-control", "CacheControl",
          "content-encoding", "ContentEncoding",
          "content-language", "ContentLanguage",
          "content-range", "ContentRange",
          "content-type", "ContentType",
          "content-disposition", "ContentDisposition",
          "etag", "ETag",
          "x-amz-server-side-encryption", "ServerSideEncryption");

  /** A call by an AWS SDK integration. */
  JsonNode sdk(Effect.ScheduleTask task) throws TaskFailedException {
    String action = task.resource().action();
    ObjectNode input = parameters(task);
    JsonNode body = input.remove("Body");
    CallContext context = services.context(body == null ? new byte[0] : bytes(body));
    Output output;
    try {
      output = services.call(S3, IntegrationCalls.operationName(action), input, context);
    } catch (AwsException refused) {
      throw ServiceErrors.sdk(
          IntegrationModel.of(S3), refused, requestId(), ", Extended Request ID: " + extendedId());
    }
    byte[] raw = output.raw();
    if (raw != null) {
      return object(output, raw, action.equals("getObject"));
    }
    ObjectNode answer = output.json();
    if (action.equals("putObject")) {
      answer.put("ChecksumCRC32", crc32(context.body()));
      answer.put("ChecksumType", "FULL_OBJECT");
      answer.put("ServerSideEncryption", "AES256");
    }
    return answer;
  }

  /** A call by an ItemReader or ResultWriter. */
  JsonNode transfer(Effect.ScheduleTask task) throws TaskFailedException {
    try {
      return switch (task.resource().action()) {
        case "getObject" -> {
          byte[] content =
              services.call(S3, "GetObject", parameters(task), services.context(new byte[0])).raw();
          yield TextNode.valueOf(
              content == null ? "" : new String(content, StandardCharsets.UTF_8));
        }
        case "listObjectsV2" -> everyObject(parameters(task));
        case "putObject" -> sdk(task);
        default ->
            throw TaskFailedException.runtime(
                "The simulator does not support the resource '" + task.resource().arn() + "'");
      };
    } catch (AwsException refused) {
      throw new TaskFailedException(
          "S3." + IntegrationModel.of(S3).exception(refused.code()),
          ServiceErrors.optimizedCause("Amazon S3", refused, refused.code(), requestId()));
    }
  }

  private ArrayNode everyObject(ObjectNode input) {
    ArrayNode all = Json.array();
    String next = "";
    do {
      if (!next.isEmpty()) {
        input.put("ContinuationToken", next);
      }
      JsonNode page =
          services.call(S3, "ListObjectsV2", input, services.context(new byte[0])).json();
      page.path("Contents").forEach(entry -> all.add(item(entry)));
      next = page.path("NextContinuationToken").asText("");
    } while (!next.isEmpty());
    return all;
  }

  /** An entry of a listing as an item: by AWS's guide, and as measured. */
  private static ObjectNode item(JsonNode entry) {
    double seconds = Instant.parse(entry.path("LastModified").asText()).toEpochMilli() / 1000.0;
    return Json.object()
        .put("Etag", entry.path("ETag").asText())
        .put("Key", entry.path("Key").asText())
        .put("LastModified", seconds)
        .put("Size", entry.path("Size").asLong())
        .put("StorageClass", entry.path("StorageClass").asText());
  }

  private static ObjectNode parameters(Effect.ScheduleTask task) throws TaskFailedException {
    if (task.parameters().json() instanceof ObjectNode object) {
      return object.deepCopy();
    }
    throw TaskFailedException.badParameters(
        task.parameters().text(), "The value of the Parameters must be a JSON object");
  }

  private static byte[] bytes(JsonNode body) {
    String text = body.isTextual() ? body.textValue() : Json.write(body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode object(Output output, byte[] content, boolean withBody) {
    ObjectNode answer = Json.object();
    ObjectNode metadata = Json.object();
    output
        .headers()
        .forEach(
            (header, value) -> {
              String name = header.toLowerCase(Locale.ROOT);
              String member = MEMBER_BY_HEADER.get(name);
              if (member != null) {
                answer.put(member, value);
              } else if (name.startsWith("x-amz-meta-")) {
                metadata.put(name.substring("x-amz-meta-".length()), value);
              } else if (name.equals("content-length")) {
                answer.put("ContentLength", Long.parseLong(value));
              } else if (name.equals("last-modified")) {
                answer.put("LastModified", iso(value));
              }
            });
    answer.set("Metadata", metadata);
    if (withBody) {
      answer.put("Body", new String(content, StandardCharsets.UTF_8));
    }
    return answer;
  }

  private static String iso(String httpDate) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate)).toString();
    } catch (DateTimeException asItIs) {
      return httpDate;
    }
  }

  private static String crc32(byte[] content) {
    var checksum = new CRC32();
    checksum.update(content);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  private String requestId() {
    return ids.upperAlphanumeric(16);
  }

  private String extendedId() {
    return ids.upperAlphanumeric(76);
  }
}
