// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import dev.syncline.sim.service.http.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operation that copies an object: CopyObject. Thread-safe. */
record ObjectCopyOperations(SimClock clock, String account, S3Store store) {
  private static final String COPY_CONDITION = "x-amz-copy-source-if-";
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

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "CopyObject",
            account,
            S3Bindings.object("PUT", Answer.payload("CopyObjectResult"))
                .marked("x-amz-copy-source")
                .headers(
                    S3Bindings.headers(
                        S3Bindings.CONTENT, S3Bindings.DEFAULTS, S3Bindings.WRITE_CONDITIONS, COPY))
                .prefixed(S3Bindings.metadata()),
            this::copy));
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
    S3Object from = store.get(bucket, key, versionId);
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
}
