// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.RestXmlBinding.Answer;
import java.util.List;
import java.util.function.UnaryOperator;

/** Operations that list the objects of a bucket. Thread-safe. */
record ListingOperations(String account, S3Store store) {
  /** Accepted for clients that send it: no object is ever restored from an archive. */
  private static final List<String> ATTRIBUTES = List.of("x-amz-optional-object-attributes");

  List<Operation> operations() {
    return List.of(
        S3Call.operation(
            "ListObjects",
            account,
            S3Bindings.bucket("GET", Answer.document("ListBucketResult"))
                .query(
                    S3Bindings.query("prefix", "delimiter", "max-keys", "encoding-type", "marker"))
                .headers(S3Bindings.headers(ATTRIBUTES)),
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
                        "fetch-owner"))
                .headers(S3Bindings.headers(ATTRIBUTES)),
            this::listObjectsV2));
  }

  private Output listObjects(S3Call call) {
    String marker = call.parameter("marker");
    Listing<S3Object> page = page(call, marker);
    UnaryOperator<String> encode = S3Text.encoding(call);
    ObjectNode json = S3Text.listHead(call, encode).put("Marker", encode.apply(marker));
    if (page.truncated() && !call.parameter("delimiter").isEmpty()) {
      json.put("NextMarker", encode.apply(page.last()));
    }
    return Output.of(end(json, call, page, encode, true));
  }

  private Output listObjectsV2(S3Call call) {
    boolean continued = call.query().containsKey("continuation-token");
    String token = call.parameter("continuation-token");
    if (continued && token.isEmpty()) {
      throw S3Errors.invalidArgument(
          "continuation-token", token, "The continuation token provided is incorrect");
    }
    String after = continued ? S3Text.token(token) : call.parameter("start-after");
    Listing<S3Object> page = page(call, after);
    UnaryOperator<String> encode = S3Text.encoding(call);
    ObjectNode json = S3Text.listHead(call, encode);
    if (continued) {
      json.put("ContinuationToken", token);
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

  private Listing<S3Object> page(S3Call call, String after) {
    return store.list(call.bucket(), S3Text.listQuery(call, after, "", "max-keys"));
  }

  private static ObjectNode end(
      ObjectNode json,
      S3Call call,
      Listing<S3Object> page,
      UnaryOperator<String> encode,
      boolean owners) {
    json.put("MaxKeys", S3Text.pageSize(call, "max-keys")).put("IsTruncated", page.truncated());
    ArrayNode contents = json.putArray("Contents");
    for (S3Object object : page.items()) {
      ObjectNode one =
          contents
              .addObject()
              .put("Key", encode.apply(object.key()))
              .put("LastModified", S3Text.time(object.lastModified()));
      S3Text.describe(one, object);
      if (owners) {
        one.set("Owner", S3Text.owner());
      }
    }
    S3Text.putPrefixes(json, page.commonPrefixes(), encode);
    return json;
  }
}
