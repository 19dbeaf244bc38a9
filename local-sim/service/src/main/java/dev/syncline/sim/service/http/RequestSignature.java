// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Signature Version 4 of a request, in the header or in the query. Immutable. Source: the IAM
 * guide's page on creating a signed request.
 *
 * @param keyId the access key
 * @param token the session token, empty for none
 * @param inQuery whether it is in the query, where it does not cover the body
 */
public record RequestSignature(
    String keyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature,
    String timestamp,
    String token,
    boolean inQuery) {
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256\\s+Credential=([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*"
              + "Signature=([0-9a-f]{64})\\s*");
  private static final Pattern SCOPE =
      Pattern.compile("([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._~-]*");
  private static final Pattern SPACES = Pattern.compile(" {2,}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final String SIGNATURE = "X-Amz-Signature";

  /** The signature of the request; empty for an unsigned one, and for one of another form. */
  public static Optional<RequestSignature> of(HttpRequest request) {
    Optional<String> authorization = request.headers().first("Authorization");
    if (authorization.isPresent()) {
      Matcher header = HEADER.matcher(authorization.get());
      return header.matches()
          ? of(
              header.group(1),
              header.group(2),
              header.group(3),
              request.headers().first("X-Amz-Date").orElse(""),
              request.headers().first("X-Amz-Security-Token").orElse(""),
              false)
          : Optional.empty();
    }
    var query = new HashMap<String, String>();
    request.query().forEach(parameter -> query.put(parameter.getKey(), parameter.getValue()));
    return query.getOrDefault("X-Amz-Algorithm", "").equals(SigningKey.ALGORITHM)
        ? of(
            query.getOrDefault("X-Amz-Credential", ""),
            query.getOrDefault("X-Amz-SignedHeaders", ""),
            query.getOrDefault(SIGNATURE, ""),
            query.getOrDefault("X-Amz-Date", ""),
            query.getOrDefault("X-Amz-Security-Token", ""),
            true)
        : Optional.empty();
  }

  private static Optional<RequestSignature> of(
      String credential,
      String signedHeaders,
      String signature,
      String timestamp,
      String token,
      boolean inQuery) {
    Matcher scope = SCOPE.matcher(credential);
    return scope.matches()
        ? Optional.of(
            new RequestSignature(
                scope.group(1),
                scope.group(2),
                scope.group(3),
                scope.group(4),
                List.of(signedHeaders.split(";", -1)),
                signature,
                timestamp,
                token,
                inQuery))
        : Optional.empty();
  }

  /** Whether the secret made it for the request. */
  public boolean made(String secret, HttpRequest request) {
    String stated = request.headers().first("X-Amz-Content-Sha256").orElse("");
    String actual = SigningKey.hash(request.body());
    if (!timestamp.startsWith(date + "T")
        || !signedHeaders.contains("host")
        || (!stated.equals(actual) && HASH.matcher(stated).matches())) {
      return false;
    }
    var rest = new StringBuilder(query(request)).append('\n');
    for (String name : signedHeaders) {
      String value = String.join(",", request.headers().all(name));
      rest.append(name).append(':').append(single(value.strip())).append('\n');
    }
    rest.append('\n').append(String.join(";", signedHeaders)).append('\n');
    rest.append(stated.isEmpty() ? actual : stated);
    var key = new SigningKey(secret, date, region, service);
    return paths(request)
        .anyMatch(
            path -> key.made(signature, timestamp, request.method() + "\n" + path + "\n" + rest));
  }

  private static String single(String value) {
    return value.contains("  ") ? SPACES.matcher(value).replaceAll(" ") : value;
  }

  /** S3's clients sign the path as it is encoded, others encode it once more. */
  private static Stream<String> paths(HttpRequest request) {
    String raw = request.rawPath();
    if (PLAIN.matcher(raw).matches()) {
      return Stream.of(raw);
    }
    String decoded = PercentCoding.encode(PercentCoding.decode(raw), "/");
    return Stream.of(
            PercentCoding.encode(raw, "/~"), raw, decoded, PercentCoding.encode(decoded, "/"))
        .distinct();
  }

  private static String query(HttpRequest request) {
    if (request.rawQuery().isEmpty()) {
      return "";
    }
    var sorted = new TreeMap<String, List<String>>();
    for (Map.Entry<String, String> parameter : request.query()) {
      if (!parameter.getKey().equals(SIGNATURE)) {
        sorted
            .computeIfAbsent(
                PercentCoding.encode(parameter.getKey(), ""), name -> new ArrayList<>())
            .add(PercentCoding.encode(parameter.getValue(), ""));
      }
    }
    var pairs = new ArrayList<String>();
    sorted.forEach(
        (name, values) -> values.stream().sorted().forEach(value -> pairs.add(name + "=" + value)));
    return String.join("&", pairs);
  }
}
