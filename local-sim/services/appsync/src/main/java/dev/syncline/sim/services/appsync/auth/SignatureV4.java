// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.auth;

import dev.syncline.sim.service.http.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Signature Version 4 in an {@code Authorization} header. Source: the IAM guide's page on
 * creating a signed request. Immutable.
 *
 * @param keyId the access key
 * @param date of the scope, {@code yyyymmdd}
 * @param signedHeaders in order, in lower case
 * @param signature in lower-case hexadecimal
 */
record SignatureV4(
    String keyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/(\\d{8})/([^/,\\s]+)/([^/,\\s]+)/aws4_request");
  private static final Pattern SIGNED_HEADERS = Pattern.compile("SignedHeaders=([a-z0-9;_\\-]+)");
  private static final Pattern SIGNATURE = Pattern.compile("Signature=([0-9a-f]{64})(?![0-9a-f])");

  /** Copies the list. */
  SignatureV4 {
    signedHeaders = List.copyOf(signedHeaders);
  }

  /** Reads the header; empty if it has another form. */
  static Optional<SignatureV4> parse(String authorization) {
    Matcher credential = CREDENTIAL.matcher(authorization);
    Matcher headers = SIGNED_HEADERS.matcher(authorization);
    Matcher signature = SIGNATURE.matcher(authorization);
    if (!authorization.startsWith(SigningKey.ALGORITHM)
        || !credential.find()
        || !headers.find()
        || !signature.find()) {
      return Optional.empty();
    }
    return Optional.of(
        new SignatureV4(
            credential.group(1),
            credential.group(2),
            credential.group(3),
            credential.group(4),
            List.of(headers.group(1).split(";")),
            signature.group(1)));
  }

  /**
   * The first part of what is signed.
   *
   * @param query percent-encoded and sorted; empty without one
   */
  record Target(String method, String path, String query) {}

  /**
   * Whether {@code secret} made it for a request with that body.
   *
   * @param timestamp {@code x-amz-date}
   * @param headers with every signed header, names in lower case
   */
  boolean made(
      String secret, String timestamp, Target target, Map<String, String> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var canonical = new StringBuilder(target.method()).append('\n');
    canonical.append(target.path()).append('\n').append(target.query()).append('\n');
    for (String name : signedHeaders) {
      // Go's signer signs a length that it does not send.
      String value =
          name.equals("content-length")
              ? String.valueOf(bytes.length)
              : headers.getOrDefault(name, "");
      canonical.append(name).append(':').append(value.strip().replaceAll(" +", " ")).append('\n');
    }
    canonical
        .append('\n')
        .append(String.join(";", signedHeaders))
        .append('\n')
        .append(SigningKey.hash(bytes));
    return new SigningKey(secret, date, region, service)
        .made(signature, timestamp, canonical.toString());
  }
}
