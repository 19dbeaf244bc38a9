// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The source of a copy.
 *
 * @param versionId empty for the current version
 */
record CopySource(String bucket, String key, String versionId) {
  private static final String HEADER = "x-amz-copy-source";
  private static final String VERSION = "?versionId=";
  private static final String CONDITION = HEADER + "-if-";

  /** The headers of a copy's source. */
  static final List<String> HEADERS = headers();

  private static List<String> headers() {
    var headers = new ArrayList<String>();
    headers.add(HEADER);
    for (String condition : List.of("match", "none-match", "modified-since", "unmodified-since")) {
      headers.add(CONDITION + condition);
    }
    headers.addAll(ServerSideEncryption.customerHeaders(ServerSideEncryption.COPY_SOURCE));
    headers.add("x-amz-source-expected-bucket-owner");
    return List.copyOf(headers);
  }

  /**
   * The source that a request names.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidArgument}
   */
  static CopySource of(S3Call call) {
    String text = call.header(HEADER);
    String versionId = "";
    int version = text.indexOf(VERSION);
    if (version >= 0) {
      versionId = text.substring(version + VERSION.length());
      text = text.substring(0, version);
    }
    String source = decode(text);
    source = source.startsWith("/") ? source.substring(1) : source;
    int slash = source.indexOf('/');
    if (slash < 1 || slash == source.length() - 1 || source.startsWith("arn:")) {
      throw S3Errors.invalidArgument(
          HEADER,
          text,
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    return new CopySource(source.substring(0, slash), source.substring(slash + 1), versionId);
  }

  /**
   * The object, if the request may copy it.
   *
   * @throws dev.syncline.sim.service.AwsException {@code PreconditionFailed} and the errors of a
   *     read
   */
  S3Object read(S3Store store, S3Call call) {
    S3Object object = store.get(bucket, key, versionId);
    ServerSideEncryption.requireReadable(object, call.headers(), ServerSideEncryption.COPY_SOURCE);
    ObjectSettings.requireNotArchived(object);
    ObjectAnswer.failedCondition(object, conditions(call.headers()))
        .ifPresent(
            name -> {
              throw S3Errors.preconditionFailed(HEADER + "-" + name);
            });
    return object;
  }

  /** Puts the version of the source, in a bucket that has versions. */
  void putVersion(ObjectNode json, S3Store store, S3Object source) {
    if (store.versioning(bucket).names()) {
      json.put("CopySourceVersionId", source.versionId());
    }
  }

  private static Headers conditions(Headers headers) {
    Headers conditions = Headers.EMPTY;
    for (Map.Entry<String, String> header : headers.entries()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(CONDITION)) {
        conditions = conditions.with("if-" + name.substring(CONDITION.length()), header.getValue());
      }
    }
    return conditions;
  }

  /** Percent-decodes; unlike in a query, a plus sign is a plus sign. */
  static String decode(String source) {
    try {
      return URLDecoder.decode(source.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw S3Errors.invalidArgument("path", source, "The path is not percent-encoded properly.");
    }
  }
}
