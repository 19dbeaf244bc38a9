// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Operations that list the objects of a bucket. Thread-safe. */
record ListingOperations(String account, S3Store store) {
  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "ListObjects",
            account,
            S3Bindings.bucket("GET", Answer.document("ListBucketResult"))
                .query(
                    S3Bindings.query("prefix", "delimiter", "max-keys", "encoding-type", "marker")),
            this::listObjects),
        S3Call.operation(
            "ListObjectsV2",
            account,
            S3Bindings.bucket("GET", Answer.document("ListBucketResult"))
                .marked("list-type=2")
                .query(
                    S3Bindings.query(
                        "prefix",
                        "delimiter",
                        "max-keys",
                        "encoding-type",
                        "continuation-token",
                        "start-after",
                        "fetch-owner")),
            this::listObjectsV2));
  }

  private Output listObjects(S3Call call) {
    Listing page = page(call, call.parameter("marker"));
    UnaryOperator<String> encode = encoding(call.parameter("encoding-type"));
    ObjectNode json = begin(call, encode);
    json.put("Marker", encode.apply(call.parameter("marker")));
    if (page.truncated() && !call.parameter("delimiter").isEmpty()) {
      json.put("NextMarker", encode.apply(page.last()));
    }
    return Output.of(end(json, call, page, encode, true));
  }

  private Output listObjectsV2(S3Call call) {
    String after =
        call.query().containsKey("continuation-token")
            ? S3Text.token(call.parameter("continuation-token"))
            : call.parameter("start-after");
    Listing page = page(call, after);
    UnaryOperator<String> encode = encoding(call.parameter("encoding-type"));
    ObjectNode json = begin(call, encode);
    if (call.query().containsKey("continuation-token")) {
      json.put("ContinuationToken", call.parameter("continuation-token"));
    }
    if (page.truncated()) {
      json.put("NextContinuationToken", S3Text.tokenOf(page.last()));
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
            call.parameter("prefix"), call.parameter("delimiter"), after, maxKeys(call));
    return store.list(call.bucket(), query);
  }

  private static int maxKeys(S3Call call) {
    return Math.min(S3Text.MAX_KEYS, S3Text.number(call, "max-keys", S3Text.MAX_KEYS));
  }

  private static ObjectNode begin(S3Call call, UnaryOperator<String> encode) {
    return Json.object()
        .put("Name", call.bucket())
        .put("Prefix", encode.apply(call.parameter("prefix")));
  }

  private static ObjectNode end(
      ObjectNode json, S3Call call, Listing page, UnaryOperator<String> encode, boolean owners) {
    json.put("MaxKeys", maxKeys(call));
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
              .put("LastModified", S3Text.time(object.lastModified()))
              .put("ETag", object.quotedEtag())
              .put("Size", object.size());
      if (owners) {
        one.set("Owner", S3Text.owner());
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
}
