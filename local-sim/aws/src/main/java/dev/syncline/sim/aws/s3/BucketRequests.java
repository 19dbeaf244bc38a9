// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Requests on buckets. Thread-safe. */
final class BucketRequests {
  /** The one owner, in the form of a canonical user id. */
  static final String OWNER = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

  private final ObjectOperations operations;

  BucketRequests(ObjectOperations operations) {
    this.operations = operations;
  }

  HttpResponse list(S3Call call) {
    call.only("prefix", "max-buckets", "continuation-token", "bucket-region");
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
    Xml xml = Xml.document("ListAllMyBucketsResult");
    xml.open("Owner").element("ID", OWNER).close("Owner").open("Buckets");
    List<Map.Entry<String, Instant>> page = found.subList(0, Math.min(most, found.size()));
    for (Map.Entry<String, Instant> bucket : page) {
      xml.open("Bucket")
          .element("Name", bucket.getKey())
          .element("CreationDate", Answers.time(bucket.getValue()))
          .element("BucketRegion", operations.region())
          .close("Bucket");
    }
    xml.close("Buckets");
    if (page.size() < found.size() && !page.isEmpty()) {
      xml.element("ContinuationToken", tokenOf(page.get(page.size() - 1).getKey()));
    }
    if (!prefix.isEmpty()) {
      xml.element("Prefix", prefix);
    }
    return Answers.xml(xml.end("ListAllMyBucketsResult"));
  }

  HttpResponse create(S3Call call) {
    call.only();
    BucketNames.require(call.bucket());
    String location = "";
    if (call.content().length > 0) {
      XmlBody body = XmlBody.parse(call.content(), "CreateBucketConfiguration");
      for (String name : body.names()) {
        if (!name.equals("LocationConstraint")) {
          throw S3Errors.notImplemented("the element '" + name + "' of CreateBucket");
        }
      }
      location = body.text("LocationConstraint").orElse("");
    }
    operations.requireLocation(location);
    operations.createBucket(call.bucket());
    return Answers.empty(200, "Location", "/" + call.bucket());
  }

  HttpResponse head(S3Call call) {
    call.only();
    operations.store().requireBucket(call.bucket());
    return Answers.empty(
        200,
        "x-amz-bucket-region",
        operations.region(),
        "x-amz-access-point-alias",
        "false",
        "Content-Type",
        "application/xml");
  }

  HttpResponse delete(S3Call call) {
    call.only();
    operations.store().deleteBucket(call.bucket());
    return Answers.empty(204);
  }

  HttpResponse location(S3Call call) {
    call.only("location");
    operations.store().requireBucket(call.bucket());
    return Answers.xml(
        Xml.document("LocationConstraint").text(operations.location()).end("LocationConstraint"));
  }

  /** ListObjects and ListObjectsV2. */
  HttpResponse objects(S3Call call) {
    boolean second = call.query().containsKey("list-type");
    if (second) {
      if (!call.parameter("list-type").equals("2")) {
        throw S3Errors.invalidArgument(
            "list-type", call.parameter("list-type"), "Invalid List Type");
      }
      call.only(
          "list-type",
          "prefix",
          "delimiter",
          "max-keys",
          "encoding-type",
          "continuation-token",
          "start-after",
          "fetch-owner");
    } else {
      call.only("prefix", "delimiter", "max-keys", "encoding-type", "marker");
    }
    String after =
        !second
            ? call.parameter("marker")
            : call.query().containsKey("continuation-token")
                ? token(call.parameter("continuation-token"))
                : call.parameter("start-after");
    int most =
        Math.min(ObjectOperations.MOST_KEYS, number(call, "max-keys", ObjectOperations.MOST_KEYS));
    var query =
        new Listing.Query(call.parameter("prefix"), call.parameter("delimiter"), after, most);
    Listing page = operations.store().list(call.bucket(), query);
    UnaryOperator<String> encode = encoding(call.parameter("encoding-type"));
    Xml xml = Xml.document("ListBucketResult").element("Name", call.bucket());
    xml.element("Prefix", encode.apply(query.prefix()));
    if (second) {
      secondHead(xml, call, page, encode);
    } else {
      xml.element("Marker", encode.apply(after));
      if (page.truncated() && !query.delimiter().isEmpty()) {
        xml.element("NextMarker", encode.apply(page.last()));
      }
    }
    xml.element("MaxKeys", most);
    if (!query.delimiter().isEmpty()) {
      xml.element("Delimiter", encode.apply(query.delimiter()));
    }
    if (!call.parameter("encoding-type").isEmpty()) {
      xml.element("EncodingType", "url");
    }
    xml.element("IsTruncated", page.truncated());
    boolean owners = !second || call.parameter("fetch-owner").equals("true");
    contents(xml, page, encode, owners);
    return Answers.xml(xml.end("ListBucketResult"));
  }

  private static void secondHead(Xml xml, S3Call call, Listing page, UnaryOperator<String> encode) {
    if (call.query().containsKey("continuation-token")) {
      xml.element("ContinuationToken", call.parameter("continuation-token"));
    }
    if (page.truncated()) {
      xml.element("NextContinuationToken", tokenOf(page.last()));
    }
    if (call.query().containsKey("start-after")) {
      xml.element("StartAfter", encode.apply(call.parameter("start-after")));
    }
    xml.element("KeyCount", page.count());
  }

  private static void contents(
      Xml xml, Listing page, UnaryOperator<String> encode, boolean owners) {
    for (S3Object object : page.objects()) {
      xml.open("Contents")
          .element("Key", encode.apply(object.key()))
          .element("LastModified", Answers.time(object.lastModified()))
          .element("ETag", object.quotedEtag())
          .element("Size", object.size());
      if (owners) {
        xml.open("Owner").element("ID", OWNER).close("Owner");
      }
      xml.element("StorageClass", "STANDARD").close("Contents");
    }
    for (String prefix : page.commonPrefixes()) {
      xml.open("CommonPrefixes").element("Prefix", encode.apply(prefix)).close("CommonPrefixes");
    }
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
