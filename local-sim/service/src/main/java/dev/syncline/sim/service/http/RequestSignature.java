// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final String SIGNATURE_PART = "Signature=";
  private static final Pattern HEADER_START =
      Pattern.compile(
          "AWS4-HMAC-SHA256\\s+Credential=([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*"
              + SIGNATURE_PART);
  private static final int MAX_STARTS = 1000;

  /** Signatures to be completed, by their header up to the signature: a caller's are alike. */
  private static final Map<String, RequestSignature> STARTS = new ConcurrentHashMap<>();

  private static final Pattern SCOPE =
      Pattern.compile("([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._~-]*");
  private static final Pattern SPACES = Pattern.compile(" {2,}");
  private static final int HASH_LENGTH = 64;
  private static final String SIGNATURE = "X-Amz-Signature";

  /** The signature of the request; empty for an unsigned one, and for one of another form. */
  public static Optional<RequestSignature> of(HttpRequest request) {
    Optional<String> authorization = request.headers().first("Authorization");
    if (authorization.isPresent()) {
      return ofHeader(authorization.get(), request.headers());
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

  private static Optional<RequestSignature> ofHeader(String header, Headers headers) {
    int end = header.lastIndexOf(SIGNATURE_PART) + SIGNATURE_PART.length();
    String start = header.substring(0, end < SIGNATURE_PART.length() ? 0 : end);
    String signature = header.substring(start.length()).stripTrailing();
    return start(start)
        .filter(known -> isHash(signature))
        .map(
            known ->
                known.with(
                    signature,
                    headers.first("X-Amz-Date").orElse(""),
                    headers.first("X-Amz-Security-Token").orElse("")));
  }

  /** What a header says up to its signature; only the starts of right headers are kept. */
  private static Optional<RequestSignature> start(String text) {
    RequestSignature known = STARTS.get(text);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<RequestSignature> made = ofStart(text);
    if (STARTS.size() >= MAX_STARTS) {
      STARTS.clear();
    }
    made.ifPresent(signature -> STARTS.put(text, signature));
    return made;
  }

  private static Optional<RequestSignature> ofStart(String start) {
    Matcher header = HEADER_START.matcher(start);
    return header.matches()
        ? of(header.group(1), header.group(2), "", "", "", false)
        : Optional.empty();
  }

  private RequestSignature with(String newSignature, String newTimestamp, String newToken) {
    return new RequestSignature(
        keyId, date, region, service, signedHeaders, newSignature, newTimestamp, newToken, false);
  }

  private static boolean isHash(String text) {
    if (text.length() != HASH_LENGTH) {
      return false;
    }
    for (int i = 0; i < HASH_LENGTH; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
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
    if (!isHash(signature)
        || !timestamp.startsWith(date + "T")
        || !signedHeaders.contains("host")
        || (!stated.equals(actual) && isHash(stated))) {
      return false;
    }
    var rest = new StringBuilder(512).append(query(request)).append('\n');
    for (String name : signedHeaders) {
      List<String> values = request.headers().all(name);
      String value = values.size() == 1 ? values.get(0) : String.join(",", values);
      rest.append(name).append(':').append(single(value.strip())).append('\n');
    }
    rest.append('\n').append(String.join(";", signedHeaders)).append('\n');
    rest.append(stated.isEmpty() ? actual : stated);
    var key = new SigningKey(secret, date, region, service);
    for (String path : paths(request)) {
      if (key.made(signature, timestamp, request.method() + "\n" + path + "\n" + rest)) {
        return true;
      }
    }
    return false;
  }

  private static String single(String value) {
    return value.contains("  ") ? SPACES.matcher(value).replaceAll(" ") : value;
  }

  /** S3's clients sign the path as it is encoded, others encode it once more. */
  private static Collection<String> paths(HttpRequest request) {
    String raw = request.rawPath();
    if (raw.equals("/") || PLAIN.matcher(raw).matches()) {
      return List.of(raw);
    }
    String decoded = PercentCoding.encode(PercentCoding.decode(raw), "/");
    return new LinkedHashSet<>(
        List.of(PercentCoding.encode(raw, "/~"), raw, decoded, PercentCoding.encode(decoded, "/")));
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
