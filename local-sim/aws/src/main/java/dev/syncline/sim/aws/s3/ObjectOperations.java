// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.Headers;
import dev.syncline.sim.aws.port.HttpResponse;
import dev.syncline.sim.aws.protocol.PercentCoding;
import dev.syncline.sim.aws.protocol.Xml;
import dev.syncline.sim.aws.s3.S3Store.S3Object;
import dev.syncline.sim.aws.service.AwsException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** Single objects. */
final class ObjectOperations {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final String CHECKSUM = "x-amz-checksum-";

  private final S3Store store;

  ObjectOperations(S3Store store) {
    this.store = store;
  }

  HttpResponse put(S3Request request) {
    byte[] content = request.body().content();
    Map<String, String> checksums = Checksums.verified(content, request::headerOrTrailer);
    if (request.header("if-none-match").orElse("").equals("*")
        && store.has(request.bucket(), request.key())) {
      throw new AwsException(
          "PreconditionFailed",
          412,
          "At least one of the pre-conditions you specified did not hold",
          Map.of("Condition", "If-None-Match"));
    }
    Map<String, String> headers = request.kept();
    headers.putAll(checksums);
    S3Object object = store.put(request.bucket(), request.key(), content, headers);
    Headers answer = Headers.of("ETag", object.etag());
    for (Map.Entry<String, String> checksum : checksums.entrySet()) {
      answer = answer.with(checksum.getKey(), checksum.getValue());
    }
    return new HttpResponse(200, answer, new byte[0]);
  }

  /** GetObject and HeadObject: the port leaves the body of a HEAD away. */
  HttpResponse get(S3Request request) {
    if (!request.parameter("versionId").matches("(null)?")) {
      throw new AwsException("NoSuchVersion", 404, "The simulator keeps no versions of objects.");
    }
    S3Object object = store.get(request.bucket(), request.key());
    if (request.header("if-none-match").orElse("").equals(object.etag())) {
      throw new AwsException("NotModified", 304, "Not Modified");
    }
    boolean checksums = request.header("x-amz-checksum-mode").isPresent();
    Headers headers =
        Headers.of("Last-Modified", HTTP_DATE.format(object.modified()), "Accept-Ranges", "bytes");
    for (Map.Entry<String, String> header : S3Service.headers(object).entrySet()) {
      boolean wanted =
          !header.getKey().toLowerCase(Locale.ROOT).startsWith(CHECKSUM)
              || (checksums && request.header("range").isEmpty());
      if (wanted) {
        headers = headers.with(header.getKey(), header.getValue());
      }
    }
    Matcher range = RANGE.matcher(request.header("range").orElse(""));
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return new HttpResponse(200, headers, object.content());
    }
    int length = object.content().length;
    long from;
    long to;
    if (range.group(1).isEmpty()) {
      from = Math.max(0, length - Long.parseLong(range.group(2)));
      to = length - 1L;
    } else {
      from = Long.parseLong(range.group(1));
      to =
          range.group(2).isEmpty()
              ? length - 1L
              : Math.min(length - 1L, Long.parseLong(range.group(2)));
    }
    if (from > to || from >= length) {
      throw new AwsException("InvalidRange", 416, "The requested range is not satisfiable");
    }
    return new HttpResponse(
        206,
        headers.with("Content-Range", "bytes " + from + "-" + to + "/" + length),
        Arrays.copyOfRange(object.content(), (int) from, (int) to + 1));
  }

  HttpResponse delete(S3Request request) {
    store.remove(request.bucket(), request.key());
    return new HttpResponse(204, Headers.EMPTY, new byte[0]);
  }

  HttpResponse deleteMany(S3Request request) {
    byte[] body = request.body().content();
    Checksums.verified(body, request::headerOrTrailer);
    Element root = S3Xml.root(body);
    boolean quiet = S3Xml.text(root, "Quiet").equals("true");
    var xml = new Xml().open("DeleteResult", S3Endpoint.NAMESPACE);
    for (Element object : S3Xml.children(root, "Object")) {
      String key = S3Xml.text(object, "Key");
      store.remove(request.bucket(), key);
      if (!quiet) {
        xml.open("Deleted").element("Key", key).close("Deleted");
      }
    }
    return S3Endpoint.xml(200, xml.close("DeleteResult"));
  }

  HttpResponse copy(S3Request request) {
    String source = request.header("x-amz-copy-source").orElse("").split("\\?", 2)[0];
    String path = PercentCoding.decode(source.startsWith("/") ? source.substring(1) : source);
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw AwsException.badRequest(
          "InvalidArgument", "Invalid copy source object key: '" + source + "'.");
    }
    S3Object original = store.get(path.substring(0, slash), path.substring(slash + 1));
    boolean replace =
        request.header("x-amz-metadata-directive").orElse("COPY").equalsIgnoreCase("REPLACE");
    Map<String, String> headers = replace ? request.kept() : new HashMap<>(original.headers());
    S3Object copy = store.put(request.bucket(), request.key(), original.content(), headers);
    var xml = new Xml().open("CopyObjectResult", S3Endpoint.NAMESPACE);
    xml.element("ETag", copy.etag())
        .element("LastModified", BucketOperations.time(copy.modified()))
        .close("CopyObjectResult");
    return S3Endpoint.xml(200, xml);
  }
}
