// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.http.PercentCoding;
import dev.syncline.sim.service.http.SigningKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Signature Version 4 in the {@code Authorization} of a request. Its age is not checked,
 * because the simulator's time may be ahead of its clients'. Immutable. Source: the IAM guide's
 * page on creating a signed request.
 */
record HeaderSignature(
    String keyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256\\s+Credential=([^,\\s/]+)/(\\d{8})/([^,\\s/]+)/([^,\\s/]+)/aws4_request"
              + "\\s*,\\s*SignedHeaders=([^,\\s]+)\\s*,\\s*Signature=([0-9a-f]{64})\\s*");

  /** The signature of a request; empty for one of another form, or in another place. */
  static Optional<HeaderSignature> of(WireRequest request) {
    Matcher header = HEADER.matcher(request.header("authorization").orElse(""));
    return header.matches()
        ? Optional.of(
            new HeaderSignature(
                header.group(1),
                header.group(2),
                header.group(3),
                header.group(4),
                List.of(header.group(5).split(";", -1)),
                header.group(6)))
        : Optional.empty();
  }

  /** Whether the secret made it for the request. */
  boolean made(String secret, WireRequest request) {
    String timestamp = request.header("x-amz-date").orElse("");
    if (!timestamp.startsWith(date + "T")) {
      return false;
    }
    var key = new SigningKey(secret, date, region, service);
    String rest = rest(request);
    return paths(request).stream()
        .anyMatch(
            path -> key.made(signature, timestamp, request.method() + "\n" + path + "\n" + rest));
  }

  /** S3's clients sign the path as they send it, others encode it once more. */
  private static Set<String> paths(WireRequest request) {
    String raw = request.rawPath();
    var paths = new LinkedHashSet<String>();
    paths.add(raw);
    paths.add(PercentCoding.encode(raw, "/~"));
    String decoded = S3Address.decode(raw);
    paths.add(PercentCoding.encode(decoded, "/~"));
    paths.add(PercentCoding.encode(PercentCoding.encode(decoded, "/~"), "/~"));
    return paths;
  }

  private String rest(WireRequest request) {
    var text = new StringBuilder(query(request)).append('\n');
    for (String name : signedHeaders) {
      String value =
          request.headers().stream()
              .filter(header -> header.getKey().equalsIgnoreCase(name))
              .map(header -> header.getValue().strip().replaceAll(" +", " "))
              .collect(Collectors.joining(","));
      text.append(name).append(':').append(value).append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n');
    return text.append(
            request.header("x-amz-content-sha256").orElseGet(() -> SigningKey.hash(request.body())))
        .toString();
  }

  private static String query(WireRequest request) {
    var pairs = new ArrayList<String>();
    for (Map.Entry<String, String> parameter : request.query()) {
      pairs.add(
          PercentCoding.encode(parameter.getKey(), "~")
              + "="
              + PercentCoding.encode(parameter.getValue(), "~"));
    }
    pairs.sort(null);
    return String.join("&", pairs);
  }
}
