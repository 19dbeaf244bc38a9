// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import dev.syncline.sim.service.http.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a request for an object: the whole object, a part of it, or none if a condition
 * fails.
 *
 * @param headers by name; Content-Length is that of the body of a GET
 */
record ObjectAnswer(int status, Map<String, String> headers, byte[] body) {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final Set<String> NOT_MODIFIED = Set.of("If-None-Match", "If-Modified-Since");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /**
   * The answer for {@code object} to a request with these headers.
   *
   * @param named whether the answer names the version
   * @param partNumber of the part that is asked for; empty for the object
   * @throws dev.syncline.sim.service.AwsException {@code PreconditionFailed}, {@code InvalidRange},
   *     {@code InvalidPartNumber}
   */
  static ObjectAnswer of(S3Object object, boolean named, Headers request, String partNumber) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ETag", object.quotedEtag());
    headers.put("Last-Modified", httpDate(object.lastModified()));
    if (named) {
      headers.put("x-amz-version-id", object.versionId());
    }
    if (isNotModified(object, request)) {
      return new ObjectAnswer(304, headers, new byte[0]);
    }
    headers.put("Accept-Ranges", "bytes");
    if (!object.headers().containsKey(ServerSideEncryption.CUSTOMER_DIGEST)) {
      headers.putAll(ServerSideEncryption.DEFAULT);
    }
    headers.putAll(object.headers());
    if (!object.tags().isEmpty()) {
      headers.put("x-amz-tagging-count", Integer.toString(object.tags().size()));
    }
    String range = request.first("range").orElse("");
    if (!partNumber.isEmpty()) {
      if (!range.isEmpty()) {
        throw S3Errors.invalidRequest(
            "Cannot specify both Range header and partNumber query parameter");
      }
      return ofPart(object, headers, request, MultipartStore.partNumber(partNumber));
    }
    Optional<Span> span = span(object, range);
    if (span.isPresent()) {
      return partial(object, headers, span.get());
    }
    putChecksums(headers, request, object.checksums(), object.checksumType());
    headers.put("Content-Length", Long.toString(object.size()));
    return new ObjectAnswer(200, headers, object.content());
  }

  /** An object that was uploaded whole is its own first part. */
  private static ObjectAnswer ofPart(
      S3Object object, Map<String, String> headers, Headers request, int number) {
    List<S3Object.ObjectPart> parts = object.parts();
    if (number > Math.max(1, parts.size())) {
      throw S3Errors.invalidPartNumber(number, Math.max(1, parts.size()));
    }
    Map<String, String> checksums = object.checksums();
    long from = 0;
    long to = object.size();
    if (!parts.isEmpty()) {
      headers.put("x-amz-mp-parts-count", Integer.toString(parts.size()));
      from = parts.subList(0, number - 1).stream().mapToLong(S3Object.ObjectPart::size).sum();
      to = from + parts.get(number - 1).size();
      checksums = parts.get(number - 1).checksums();
    }
    putChecksums(headers, request, checksums, object.checksumType());
    if (object.size() == 0) {
      headers.put("Content-Length", "0");
      return new ObjectAnswer(200, headers, object.content());
    }
    return partial(object, headers, new Span((int) from, (int) to));
  }

  private static ObjectAnswer partial(S3Object object, Map<String, String> headers, Span span) {
    headers.put("Content-Range", "bytes " + span.from + "-" + (span.to - 1) + "/" + object.size());
    byte[] content = Arrays.copyOfRange(object.content(), span.from, span.to);
    headers.put("Content-Length", Integer.toString(content.length));
    return new ObjectAnswer(206, headers, content);
  }

  private static void putChecksums(
      Map<String, String> headers, Headers request, Map<String, String> checksums, String type) {
    boolean asked = request.first("x-amz-checksum-mode").orElse("").equalsIgnoreCase("ENABLED");
    if (asked && !checksums.isEmpty()) {
      headers.putAll(checksums);
      headers.put("x-amz-checksum-type", type);
    }
  }

  static String httpDate(Instant time) {
    return HTTP_DATE.format(time);
  }

  /**
   * The name of the first condition that does not hold. An entity tag goes before a time: with
   * {@code If-Match}, {@code If-Unmodified-Since} is ignored, and with {@code If-None-Match} {@code
   * If-Modified-Since} is not.
   */
  static Optional<String> failedCondition(S3Object object, Headers request) {
    Instant modified = object.lastModified().truncatedTo(ChronoUnit.SECONDS);
    Optional<String> match = request.first("if-match");
    if (match.isPresent()) {
      if (!names(match.get(), object)) {
        return Optional.of("If-Match");
      }
    } else if (date(request, "if-unmodified-since").filter(modified::isAfter).isPresent()) {
      return Optional.of("If-Unmodified-Since");
    }
    Optional<String> noneMatch = request.first("if-none-match");
    if (noneMatch.isPresent()) {
      return names(noneMatch.get(), object) ? Optional.of("If-None-Match") : Optional.empty();
    }
    return date(request, "if-modified-since").filter(since -> !modified.isAfter(since)).isPresent()
        ? Optional.of("If-Modified-Since")
        : Optional.empty();
  }

  private static boolean isNotModified(S3Object object, Headers request) {
    Optional<String> failed = failedCondition(object, request);
    if (failed.isEmpty()) {
      return false;
    }
    boolean stillFresh = NOT_MODIFIED.contains(failed.get());
    if (!stillFresh) {
      throw S3Errors.preconditionFailed(failed.get());
    }
    return true;
  }

  /** Whether a list of entity tags, or {@code *}, names the object. */
  static boolean names(String etags, S3Object object) {
    for (String etag : etags.split(",")) {
      String one = etag.strip();
      if (one.equals("*") || one.equals(object.quotedEtag()) || one.equals(object.etag())) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Instant> date(Headers request, String header) {
    return request
        .first(header)
        .flatMap(
            value -> {
              try {
                return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
              } catch (DateTimeException ignoredAsHttpDemands) {
                return Optional.empty();
              }
            });
  }

  /** The requested part; empty for the whole, also if the header cannot be parsed. */
  private static Optional<Span> span(S3Object object, String range) {
    Matcher matcher = RANGE.matcher(range.strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    long size = object.size();
    long from;
    long to;
    if (matcher.group(1).isEmpty()) {
      long suffix = number(matcher.group(2));
      from = Math.max(0, size - suffix);
      to = size;
    } else {
      from = number(matcher.group(1));
      long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE - 1 : number(matcher.group(2));
      if (last < from) {
        return Optional.empty();
      }
      to = Math.min(size, last + 1);
    }
    if (from >= size) {
      throw S3Errors.invalidRange(range, size);
    }
    return Optional.of(new Span((int) from, (int) to));
  }

  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }

  /** From inclusive, to exclusive. */
  private record Span(int from, int to) {}
}
