// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Values that answers of several nouns have: times, the owner, page tokens. */
final class S3Text {
  /** The maximum of keys or parts in one page. */
  static final int MAX_KEYS = 1000;

  /** The one owner, in the form of a canonical user id. */
  private static final String OWNER =
      "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private S3Text() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  /** A request id of an answer that no client gets. */
  static String requestId(Ids ids) {
    return ids.uuid().toString().replace("-", "").substring(0, 16).toUpperCase(Locale.ROOT);
  }

  /** The second id of such an answer. */
  static String hostId(Ids ids) {
    return encoded(ids.uuid().toString());
  }

  /** A generated name of a rule. */
  static String ruleId(Ids ids) {
    return encoded(ids.uuid().toString());
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static ObjectNode owner() {
    return Json.object().put("ID", OWNER);
  }

  /** The token of the page after the one that ends with {@code last}. */
  static String tokenOf(String last) {
    return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The last entry of the page before; empty for an empty token.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidArgument}
   */
  static String token(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw S3Errors.invalidArgument(
          "continuation-token", token, "The continuation token provided is incorrect");
    }
  }

  /**
   * A whole number, not negative.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidArgument}
   */
  static int number(S3Call call, String parameter, int fallback) {
    String value = call.parameter(parameter);
    if (value.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Answered below.
    }
    throw S3Errors.invalidArgument(
        parameter, value, "Provided " + parameter + " not an integer or within integer range");
  }

  /** The size of a page, which S3 limits. */
  static int pageSize(S3Call call, String parameter) {
    return Math.min(MAX_KEYS, number(call, parameter, MAX_KEYS));
  }

  /** The parameters of a list. */
  static Listing.Query listQuery(
      S3Call call, String after, String afterItem, String sizeParameter) {
    return new Listing.Query(
        call.parameter("prefix"),
        call.parameter("delimiter"),
        after,
        afterItem,
        pageSize(call, sizeParameter));
  }

  /** The members with which the answer of a list of objects begins. */
  static ObjectNode listHead(S3Call call, UnaryOperator<String> encode) {
    ObjectNode json =
        Json.object()
            .put("Name", call.bucket())
            .put("Prefix", encode.apply(call.parameter("prefix")));
    putQuery(json, call, encode);
    return json;
  }

  /** The delimiter and the encoding of a list. */
  static void putQuery(ObjectNode json, S3Call call, UnaryOperator<String> encode) {
    if (!call.parameter("delimiter").isEmpty()) {
      json.put("Delimiter", encode.apply(call.parameter("delimiter")));
    }
    if (!call.parameter("encoding-type").isEmpty()) {
      json.put("EncodingType", "url");
    }
  }

  /** The members of a listed object after its key and time. */
  static void describe(ObjectNode json, S3Object object) {
    json.put("ETag", object.quotedEtag());
    object
        .checksums()
        .keySet()
        .forEach(
            header ->
                ChecksumAlgorithm.ofHeader(header)
                    .ifPresent(
                        algorithm ->
                            json.put("ChecksumType", object.checksumType())
                                .putArray("ChecksumAlgorithm")
                                .add(algorithm.name())));
    json.put("Size", object.size()).put("StorageClass", object.storageClass());
  }

  static void putPrefixes(ObjectNode json, List<String> prefixes, UnaryOperator<String> encode) {
    ArrayNode array = json.putArray("CommonPrefixes");
    prefixes.forEach(prefix -> array.addObject().put("Prefix", encode.apply(prefix)));
  }

  /**
   * Encodes keys as the request's encoding type says.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidArgument}
   */
  static UnaryOperator<String> encoding(S3Call call) {
    String type = call.parameter("encoding-type");
    return switch (type) {
      case "" -> text -> text;
      case "url" -> ObjectKeys::encode;
      default ->
          throw S3Errors.invalidArgument(
              "encoding-type", type, "Invalid Encoding Method specified in Request");
    };
  }
}
