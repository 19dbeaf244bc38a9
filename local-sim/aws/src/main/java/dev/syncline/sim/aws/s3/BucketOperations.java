// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.protocol.PercentCoding;
import dev.syncline.sim.aws.protocol.Xml;
import dev.syncline.sim.aws.s3.S3Store.Bucket;
import dev.syncline.sim.aws.s3.S3Store.S3Object;
import dev.syncline.sim.aws.service.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Buckets and their listings. */
final class BucketOperations {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String OWNER = "0".repeat(64);

  private final S3Store store;
  private final String region;

  BucketOperations(S3Store store, String region) {
    this.store = store;
    this.region = region;
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  HttpResponse list() {
    var xml = new Xml().open("ListAllMyBucketsResult", S3Endpoint.NAMESPACE);
    xml.open("Owner").element("ID", OWNER).close("Owner").open("Buckets");
    for (Bucket bucket : store.buckets()) {
      xml.open("Bucket")
          .element("Name", bucket.name())
          .element("CreationDate", time(bucket.created()))
          .close("Bucket");
    }
    return S3Endpoint.xml(200, xml.close("Buckets").close("ListAllMyBucketsResult"));
  }

  HttpResponse create(S3Request request) {
    byte[] body = request.body().content();
    if (body.length > 0) {
      String asked = S3Xml.text(S3Xml.root(body), "LocationConstraint");
      if (!asked.isEmpty() && !asked.equals(region)) {
        throw AwsException.badRequest(
            "IllegalLocationConstraintException",
            "The "
                + asked
                + " location constraint is incompatible; this simulator serves region "
                + region
                + ".");
      }
    }
    // Creating one's own bucket again is an error everywhere but in S3's first region.
    store.create(request.bucket(), region.equals("us-east-1"));
    return new HttpResponse(200, Headers.of("Location", "/" + request.bucket()), new byte[0]);
  }

  HttpResponse delete(S3Request request) {
    store.delete(request.bucket());
    return new HttpResponse(204, Headers.EMPTY, new byte[0]);
  }

  HttpResponse head(S3Request request) {
    store.bucket(request.bucket());
    return new HttpResponse(200, Headers.of("x-amz-bucket-region", region), new byte[0]);
  }

  HttpResponse location(S3Request request) {
    store.bucket(request.bucket());
    var xml = new Xml().open("LocationConstraint", S3Endpoint.NAMESPACE);
    xml.content(
        new com.fasterxml.jackson.databind.node.TextNode(region.equals("us-east-1") ? "" : region),
        "");
    return S3Endpoint.xml(200, xml.close("LocationConstraint"));
  }

  /** ListObjectsV2, and ListObjects for clients that still send it. */
  HttpResponse listObjects(S3Request request) {
    boolean second = request.parameter("list-type").equals("2");
    String prefix = request.parameter("prefix");
    String delimiter = request.parameter("delimiter");
    int most = Math.clamp(request.number("max-keys", 1000), 0, 1000);
    String token = request.parameter("continuation-token");
    String after =
        token.isEmpty() ? request.parameter(second ? "start-after" : "marker") : decoded(token);
    var contents = new ArrayList<S3Object>();
    var prefixes = new TreeSet<String>();
    String last = "";
    boolean truncated = false;
    for (S3Object object : store.list(request.bucket(), prefix, after)) {
      int end = delimiter.isEmpty() ? -1 : object.key().indexOf(delimiter, prefix.length());
      String group = end < 0 ? "" : object.key().substring(0, end + delimiter.length());
      if (!group.isEmpty() && (prefixes.contains(group) || after.startsWith(group))) {
        // A page may end within a group: its marker is the last key looked at.
        last = object.key();
        continue;
      }
      if (contents.size() + prefixes.size() >= most) {
        truncated = most > 0;
        break;
      }
      if (group.isEmpty()) {
        contents.add(object);
      } else {
        prefixes.add(group);
      }
      last = object.key();
    }
    return S3Endpoint.xml(
        200, listing(request, second, contents, prefixes, truncated ? last : "", most));
  }

  private static Xml listing(
      S3Request request,
      boolean second,
      List<S3Object> contents,
      TreeSet<String> prefixes,
      String next,
      int most) {
    boolean url = request.parameter("encoding-type").equals("url");
    UnaryOperator<String> coded = text -> url ? PercentCoding.encode(text, "/") : text;
    var xml = new Xml().open("ListBucketResult", S3Endpoint.NAMESPACE);
    xml.element("Name", request.bucket())
        .element("Prefix", coded.apply(request.parameter("prefix")));
    if (request.asks("delimiter")) {
      xml.element("Delimiter", coded.apply(request.parameter("delimiter")));
    }
    if (url) {
      xml.element("EncodingType", "url");
    }
    xml.element("MaxKeys", Integer.toString(most));
    xml.element("IsTruncated", Boolean.toString(!next.isEmpty()));
    if (second) {
      xml.element("KeyCount", Integer.toString(contents.size() + prefixes.size()));
      if (!next.isEmpty()) {
        xml.element(
            "NextContinuationToken",
            Base64.getUrlEncoder().encodeToString(next.getBytes(StandardCharsets.UTF_8)));
      }
    } else {
      xml.element("Marker", coded.apply(request.parameter("marker")));
      if (!next.isEmpty()) {
        xml.element("NextMarker", coded.apply(next));
      }
    }
    for (S3Object object : contents) {
      xml.open("Contents")
          .element("Key", coded.apply(object.key()))
          .element("LastModified", time(object.modified()))
          .element("ETag", object.etag())
          .element("Size", Integer.toString(object.content().length))
          .element("StorageClass", "STANDARD")
          .close("Contents");
    }
    for (String group : prefixes) {
      xml.open("CommonPrefixes").element("Prefix", coded.apply(group)).close("CommonPrefixes");
    }
    return xml.close("ListBucketResult");
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw AwsException.badRequest(
          "InvalidArgument", "The continuation token provided is incorrect");
    }
  }
}
