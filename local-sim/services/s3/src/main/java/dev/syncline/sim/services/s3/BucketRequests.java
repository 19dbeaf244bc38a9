// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Output;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Operations on buckets, and lists of objects. Thread-safe. */
final class BucketRequests {
  /** The one owner, in the form of a canonical user id. */
  static final String OWNER = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

  private final ObjectOperations operations;
  private final MultipartStore uploads;

  BucketRequests(ObjectOperations operations, MultipartStore uploads) {
    this.operations = operations;
    this.uploads = uploads;
  }

  Output list(S3Call call, Input input) {
    String prefix = call.parameter("prefix");
    String region = call.parameter("bucket-region");
    int most = number(call, "max-buckets", 10_000);
    String after = token(call.parameter("continuation-token"));
    var found = new ArrayList<Map.Entry<String, Instant>>();
    for (Map.Entry<String, Instant> bucket : operations.store().buckets().entrySet()) {
      boolean inRegion = region.isEmpty() || region.equals(operations.region());
      if (inRegion && bucket.getKey().startsWith(prefix) && bucket.getKey().compareTo(after) > 0) {
        found.add(bucket);
      }
    }
    List<Map.Entry<String, Instant>> page = found.subList(0, Math.min(most, found.size()));
    ObjectNode json = Json.object();
    json.set("Owner", owner());
    ArrayNode buckets = json.putArray("Buckets");
    for (Map.Entry<String, Instant> bucket : page) {
      buckets
          .addObject()
          .put("Name", bucket.getKey())
          .put("CreationDate", Answers.time(bucket.getValue()))
          .put("BucketRegion", operations.region());
    }
    if (page.size() < found.size() && !page.isEmpty()) {
      json.put("ContinuationToken", tokenOf(page.getLast().getKey()));
    }
    if (!prefix.isEmpty()) {
      json.put("Prefix", prefix);
    }
    return Output.of(json);
  }

  static ObjectNode owner() {
    return Json.object().put("ID", OWNER);
  }

  /**
   * CreateBucket.
   *
   * @param outside whether the caller is a client, who has to name a region other than us-east-1
   */
  Output create(S3Call call, Input input, boolean outside) {
    BucketNames.require(call.bucket());
    Optional<Input> configuration = input.structure("CreateBucketConfiguration");
    if (outside || configuration.isPresent()) {
      operations.requireLocation(
          configuration.flatMap(given -> given.text("LocationConstraint")).orElse(""));
    }
    operations.createBucket(call.bucket());
    return Output.of(Json.object().put("Location", "/" + call.bucket()));
  }

  Output head(S3Call call, Input input) {
    operations.store().requireBucket(call.bucket());
    return Output.of(
        Json.object().put("BucketRegion", operations.region()).put("AccessPointAlias", false));
  }

  Output delete(S3Call call, Input input) {
    operations.store().deleteBucket(call.bucket());
    uploads.endAll(call.bucket());
    return Output.empty();
  }

  Output location(S3Call call, Input input) {
    operations.store().requireBucket(call.bucket());
    ObjectNode json = Json.object();
    if (!operations.location().isEmpty()) {
      json.put("LocationConstraint", operations.location());
    }
    return Output.of(json);
  }

  Output listObjects(S3Call call, Input input) {
    Listing page = page(call, call.parameter("marker"));
    UnaryOperator<String> encode = encoding(call.parameter("encoding-type"));
    ObjectNode json = begin(call, encode);
    json.put("Marker", encode.apply(call.parameter("marker")));
    if (page.truncated() && !call.parameter("delimiter").isEmpty()) {
      json.put("NextMarker", encode.apply(page.last()));
    }
    return Output.of(end(json, call, page, encode, true));
  }

  Output listObjectsV2(S3Call call, Input input) {
    String after =
        call.query().containsKey("continuation-token")
            ? token(call.parameter("continuation-token"))
            : call.parameter("start-after");
    Listing page = page(call, after);
    UnaryOperator<String> encode = encoding(call.parameter("encoding-type"));
    ObjectNode json = begin(call, encode);
    if (call.query().containsKey("continuation-token")) {
      json.put("ContinuationToken", call.parameter("continuation-token"));
    }
    if (page.truncated()) {
      json.put("NextContinuationToken", tokenOf(page.last()));
    }
    if (call.query().containsKey("start-after")) {
      json.put("StartAfter", encode.apply(call.parameter("start-after")));
    }
    json.put("KeyCount", page.count());
    return Output.of(end(json, call, page, encode, call.parameter("fetch-owner").equals("true")));
  }

  private Listing page(S3Call call, String after) {
    var query =
        new Listing.Query(
            call.parameter("prefix"), call.parameter("delimiter"), after, mostKeys(call));
    return operations.store().list(call.bucket(), query);
  }

  private static int mostKeys(S3Call call) {
    return Math.min(
        ObjectOperations.MOST_KEYS, number(call, "max-keys", ObjectOperations.MOST_KEYS));
  }

  private static ObjectNode begin(S3Call call, UnaryOperator<String> encode) {
    return Json.object()
        .put("Name", call.bucket())
        .put("Prefix", encode.apply(call.parameter("prefix")));
  }

  private static ObjectNode end(
      ObjectNode json, S3Call call, Listing page, UnaryOperator<String> encode, boolean owners) {
    json.put("MaxKeys", mostKeys(call));
    if (!call.parameter("delimiter").isEmpty()) {
      json.put("Delimiter", call.parameter("delimiter"));
    }
    if (!call.parameter("encoding-type").isEmpty()) {
      json.put("EncodingType", "url");
    }
    json.put("IsTruncated", page.truncated());
    ArrayNode contents = json.putArray("Contents");
    for (S3Object object : page.objects()) {
      ObjectNode one =
          contents
              .addObject()
              .put("Key", encode.apply(object.key()))
              .put("LastModified", Answers.time(object.lastModified()))
              .put("ETag", object.quotedEtag())
              .put("Size", object.size());
      if (owners) {
        one.set("Owner", owner());
      }
      one.put("StorageClass", "STANDARD");
    }
    ArrayNode prefixes = json.putArray("CommonPrefixes");
    page.commonPrefixes()
        .forEach(prefix -> prefixes.addObject().put("Prefix", encode.apply(prefix)));
    return json;
  }

  private static UnaryOperator<String> encoding(String type) {
    return switch (type) {
      case "" -> text -> text;
      case "url" ->
          text ->
              URLEncoder.encode(text, StandardCharsets.UTF_8)
                  .replace("+", "%20")
                  .replace("%2F", "/");
      default ->
          throw S3Errors.invalidArgument(
              "encoding-type", type, "Invalid Encoding Method specified in Request");
    };
  }

  private static int number(S3Call call, String parameter, int fallback) {
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

  static String tokenOf(String last) {
    return Base64.getUrlEncoder().encodeToString(ObjectAnswer.utf8(last));
  }

  static String token(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw S3Errors.invalidArgument(
          "continuation-token", token, "The continuation token provided is incorrect");
    }
  }
}
