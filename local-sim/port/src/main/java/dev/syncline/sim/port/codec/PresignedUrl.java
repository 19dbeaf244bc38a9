// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.RestXmlErrors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Requests signed in the query: Signature Version 4, and Version 2, the default of boto3 and the
 * AWS CLI in us-east-1. Completeness, expiry by the simulator's clock, and the signatures of known
 * access keys are checked. Source: the S3 API reference, "Authenticating Requests".
 */
final class PresignedUrl {
  private static final int MAX_SECONDS = 604_800;
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> VERSION_2 = List.of("AWSAccessKeyId", "Signature", "Expires");
  private static final List<String> VERSION_4 =
      List.of(
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Signature",
          "X-Amz-Date",
          "X-Amz-SignedHeaders",
          "X-Amz-Expires");
  // In lower case. Any other parameter that begins with x-amz- carries the header of that name.
  private static final Set<String> SIGNING =
      Set.of(
          "x-amz-algorithm",
          "x-amz-credential",
          "x-amz-signature",
          "x-amz-date",
          "x-amz-signedheaders",
          "x-amz-expires",
          "x-amz-security-token",
          "x-amz-content-sha256",
          "x-amz-user-agent",
          "x-id",
          "awsaccesskeyid",
          "signature",
          "expires");
  // Headers that botocore moves to the query of a Version 2 URL.
  private static final Set<String> HEADERS = Set.of("content-type", "content-md5");

  private PresignedUrl() {}

  /** Whether the query has the access key of a Version 2 signature, as only S3's requests do. */
  static boolean isVersion2(WireRequest request) {
    return request.query().stream()
            .anyMatch(parameter -> parameter.getKey().equals("AWSAccessKeyId"))
        && request.query().stream().noneMatch(parameter -> parameter.getKey().equals("Action"));
  }

  /** Whether the parameter only signs the request. */
  static boolean signs(String parameter) {
    return SIGNING.contains(parameter.toLowerCase(Locale.ROOT));
  }

  /** Whether the parameter carries the header of its name. */
  static boolean isHeader(String parameter) {
    String name = parameter.toLowerCase(Locale.ROOT);
    return !signs(name) && (name.startsWith("x-amz-") || HEADERS.contains(name));
  }

  /**
   * Refuses a request whose signature in the query is incomplete, has expired, or is not that of
   * its known access key.
   *
   * @throws dev.syncline.sim.service.AwsException {@code AccessDenied}, {@code
   *     AuthorizationQueryParametersError}, {@code SignatureDoesNotMatch}
   */
  static void requireValid(WireRequest request, SignerKeys keys) {
    var query = new HashMap<String, String>();
    request.query().forEach(entry -> query.putIfAbsent(entry.getKey(), entry.getValue()));
    if (query.containsKey("X-Amz-Algorithm") || query.containsKey("X-Amz-Credential")) {
      requireVersion4(query, keys.now());
      QuerySignature.requireVersion4(request, query, keys);
    } else if (query.containsKey("AWSAccessKeyId")) {
      requireVersion2(query, keys.now());
      QuerySignature.requireVersion2(request, query, keys);
    }
  }

  private static void requireVersion2(Map<String, String> query, Instant now) {
    if (!query.keySet().containsAll(VERSION_2)) {
      throw RestXmlErrors.accessDenied(
          "Query-string authentication requires the Signature, Expires and AWSAccessKeyId"
              + " parameters",
          Map.of());
    }
    String expires = query.getOrDefault("Expires", "");
    if (!expires.matches("\\d{1,11}")) {
      throw RestXmlErrors.accessDenied(
          "Invalid date (should be seconds since epoch): " + expires, Map.of());
    }
    requireBefore(now, Instant.ofEpochSecond(Long.parseLong(expires)), Map.of());
  }

  private static void requireVersion4(Map<String, String> query, Instant now) {
    if (!query.keySet().containsAll(VERSION_4)) {
      throw RestXmlErrors.authorizationQuery(
          "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
              + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires"
              + " parameters.");
    }
    String expires = query.getOrDefault("X-Amz-Expires", "");
    if (!expires.matches("-?\\d{1,11}")) {
      throw RestXmlErrors.authorizationQuery("X-Amz-Expires should be a number");
    }
    long seconds = Long.parseLong(expires);
    if (seconds < 0) {
      throw RestXmlErrors.authorizationQuery("X-Amz-Expires must be non-negative");
    }
    if (seconds > MAX_SECONDS) {
      throw RestXmlErrors.authorizationQuery(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    Instant signed;
    try {
      signed = Instant.from(BASIC.parse(query.getOrDefault("X-Amz-Date", "")));
    } catch (DateTimeException malformed) {
      throw RestXmlErrors.authorizationQuery(
          "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    }
    requireBefore(now, signed.plusSeconds(seconds), Map.of("X-Amz-Expires", expires));
  }

  private static void requireBefore(Instant now, Instant expires, Map<String, String> more) {
    if (now.isAfter(expires)) {
      var members = new HashMap<>(more);
      members.put("Expires", seconds(expires));
      members.put("ServerTime", seconds(now));
      throw RestXmlErrors.accessDenied("Request has expired", members);
    }
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
