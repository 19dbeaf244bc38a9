// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.port.HttpRequest;
import dev.syncline.sim.aws.protocol.PercentCoding;
import dev.syncline.sim.aws.service.AwsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request as S3 reads it: bucket and key, from path or host.
 *
 * @param bucket empty for the service itself
 * @param key empty for the bucket itself
 * @param query the first value of each parameter
 */
record S3Request(
    HttpRequest http, String bucket, String key, Map<String, String> query, AwsChunked body) {

  static S3Request of(HttpRequest http, String region) {
    String hostBucket = hostBucket(http.hostName(), region);
    String path = http.rawPath().substring(1);
    String bucket = hostBucket;
    String rawKey = path;
    if (hostBucket.isEmpty()) {
      int slash = path.indexOf('/');
      bucket = PercentCoding.decode(slash < 0 ? path : path.substring(0, slash));
      rawKey = slash < 0 ? "" : path.substring(slash + 1);
    }
    var query = new LinkedHashMap<String, String>();
    http.query().forEach(parameter -> query.putIfAbsent(parameter.getKey(), parameter.getValue()));
    boolean chunked =
        http.headers().all("content-encoding").stream().anyMatch(v -> v.contains("aws-chunked"))
            || http.headers()
                .first("x-amz-content-sha256")
                .filter(hash -> hash.startsWith("STREAMING-"))
                .isPresent();
    return new S3Request(
        http,
        bucket,
        PercentCoding.decode(rawKey),
        query,
        chunked ? AwsChunked.decode(http.body()) : new AwsChunked(http.body(), Map.of()));
  }

  /** The bucket in front of a host that S3 has, or of {@code localhost}; empty when none. */
  private static String hostBucket(String host, String region) {
    for (String suffix :
        new String[] {
          ".s3." + region + ".amazonaws.com", ".s3.amazonaws.com", ".s3.localhost", ".localhost"
        }) {
      if (host.endsWith(suffix)) {
        String bucket = host.substring(0, host.length() - suffix.length());
        return bucket.equals("s3") ? "" : bucket;
      }
    }
    return "";
  }

  Optional<String> header(String name) {
    return http.headers().first(name);
  }

  /** A header, or the trailer that stands for it. */
  Optional<String> headerOrTrailer(String name) {
    Optional<String> header = header(name);
    return header.isPresent() ? header : Optional.ofNullable(body.trailers().get(name));
  }

  boolean asks(String parameter) {
    return query.containsKey(parameter);
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  int number(String name, int fallback) {
    String value = parameter(name);
    try {
      return value.isEmpty() ? fallback : Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw AwsException.badRequest(
          "InvalidArgument", "Provided " + name + " not an integer: '" + value + "'.");
    }
  }

  /** The headers that are kept with the object. */
  Map<String, String> kept() {
    var kept = new LinkedHashMap<String, String>();
    for (String name :
        new String[] {
          "Content-Type", "Cache-Control", "Content-Disposition", "Content-Language", "Expires"
        }) {
      header(name).ifPresent(value -> kept.put(name, value));
    }
    header("content-encoding")
        .map(value -> value.replaceAll("aws-chunked,?\\s*", "").strip())
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> kept.put("Content-Encoding", value));
    for (Map.Entry<String, String> header : http.headers().entries()) {
      String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
      if (name.startsWith("x-amz-meta-")) {
        kept.put(name, header.getValue());
      }
    }
    return kept;
  }
}
