// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.RestXmlErrors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Verifies the signature in the query of a request whose access key is known. Source: the S3 API
 * reference, "Authenticating Requests: Using Query Parameters", and "Signing and Authenticating
 * REST Requests" for Version 2.
 */
final class QuerySignature {
  private static final String TOKEN = "x-amz-security-token";
  // The parameters that a signature of Version 2 covers.
  private static final Set<String> SUB_RESOURCES =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "cors",
          "delete",
          "inventory",
          "lifecycle",
          "location",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "partNumber",
          "policy",
          "replication",
          "requestPayment",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires",
          "restore",
          "select",
          "select-type",
          "storageClass",
          "tagging",
          "torrent",
          "uploadId",
          "uploads",
          "versionId",
          "versioning",
          "versions",
          "website");

  private QuerySignature() {}

  /**
   * Refuses a wrong signature of a known key.
   *
   * @param query by name
   * @throws dev.syncline.sim.service.AwsException {@code SignatureDoesNotMatch}
   */
  static void requireVersion2(WireRequest request, Map<String, String> query, SignerKeys keys) {
    String keyId = query.getOrDefault("AWSAccessKeyId", "");
    keys.secret(keyId, value(query, TOKEN))
        .ifPresent(
            secret -> {
              String given = query.getOrDefault("Signature", "");
              // Clients sign a bucket with a slash at the end, also when they send none.
              boolean bucketOnly = S3Address.of(request).key().isEmpty();
              String toSign = toSign2(request, query, "");
              if (!Hmac.same(Hmac.version2(secret, toSign), given)
                  && !(bucketOnly
                      && Hmac.same(Hmac.version2(secret, toSign2(request, query, "/")), given))) {
                throw RestXmlErrors.signatureDoesNotMatch(keyId, toSign, given);
              }
            });
  }

  private static String toSign2(WireRequest request, Map<String, String> query, String pathEnd) {
    var amazon = new TreeMap<String, String>();
    for (Map.Entry<String, String> header : request.headers()) {
      amazon.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    query.forEach((name, value) -> amazon.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    var text = new StringBuilder(request.method()).append('\n');
    text.append(amazon.getOrDefault("content-md5", "")).append('\n');
    text.append(amazon.getOrDefault("content-type", "")).append('\n');
    text.append(query.getOrDefault("Expires", "")).append('\n');
    amazon.forEach(
        (name, value) -> {
          if (name.startsWith("x-amz-")) {
            text.append(name).append(':').append(value.strip()).append('\n');
          }
        });
    S3Address address = S3Address.of(request);
    boolean inHost = !S3Address.bucketOfHost(request.hostName()).isEmpty();
    text.append(inHost ? "/" + address.bucket() : "").append(request.rawPath()).append(pathEnd);
    String resources =
        new TreeMap<>(query)
            .entrySet().stream()
                .filter(one -> SUB_RESOURCES.contains(one.getKey()))
                .map(
                    one ->
                        one.getValue().isEmpty()
                            ? one.getKey()
                            : one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("&"));
    return text.append(resources.isEmpty() ? "" : "?" + resources).toString();
  }

  /** As {@link #requireVersion2}, of Version 4. */
  static void requireVersion4(WireRequest request, Map<String, String> query, SignerKeys keys) {
    SignerKeys.Credential credential =
        SignerKeys.Credential.of(query.getOrDefault("X-Amz-Credential", ""))
            .orElseThrow(
                () ->
                    RestXmlErrors.authorizationQuery(
                        "Error parsing the X-Amz-Credential parameter; "
                            + SignerKeys.Credential.MALFORMED));
    List<String> scope = credential.scope();
    keys.secret(credential.keyId(), value(query, TOKEN))
        .ifPresent(
            secret -> {
              String given = query.getOrDefault("X-Amz-Signature", "");
              String toSign = "";
              for (String path : paths(request)) {
                toSign =
                    "AWS4-HMAC-SHA256\n"
                        + query.getOrDefault("X-Amz-Date", "")
                        + "\n"
                        + String.join("/", scope)
                        + "\n"
                        + Hmac.sha256(
                            canonical(request, query, path).getBytes(StandardCharsets.UTF_8));
                if (Hmac.same(Hmac.version4(secret, scope, toSign), given)) {
                  return;
                }
              }
              throw RestXmlErrors.signatureDoesNotMatch(credential.keyId(), toSign, given);
            });
  }

  /** The path as it came, and as AWS encodes it: HTTP clients may encode it in another way. */
  private static List<String> paths(WireRequest request) {
    String encoded =
        Arrays.stream(S3Address.decode(request.rawPath()).split("/", -1))
            .map(QuerySignature::encode)
            .collect(Collectors.joining("/"));
    return encoded.equals(request.rawPath())
        ? List.of(encoded)
        : List.of(request.rawPath(), encoded);
  }

  private static String canonical(WireRequest request, Map<String, String> query, String path) {
    var text = new StringBuilder(request.method()).append('\n').append(path).append('\n');
    var parameters = new ArrayList<String>();
    for (Map.Entry<String, String> parameter : request.query()) {
      if (!parameter.getKey().equals("X-Amz-Signature")) {
        parameters.add(encode(parameter.getKey()) + "=" + encode(parameter.getValue()));
      }
    }
    parameters.sort(null);
    text.append(String.join("&", parameters)).append('\n');
    String signed = query.getOrDefault("X-Amz-SignedHeaders", "");
    for (String name : signed.split(";", -1)) {
      String value =
          request.headers().stream()
              .filter(header -> header.getKey().equalsIgnoreCase(name))
              .map(header -> header.getValue().strip().replaceAll(" +", " "))
              .collect(Collectors.joining(","));
      text.append(name).append(':').append(value).append('\n');
    }
    String content = value(query, "x-amz-content-sha256");
    if (content.isEmpty()) {
      content = request.header("x-amz-content-sha256").orElse("UNSIGNED-PAYLOAD");
    }
    return text.append('\n').append(signed).append('\n').append(content).toString();
  }

  private static String value(Map<String, String> query, String name) {
    return query.entrySet().stream()
        .filter(one -> one.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
