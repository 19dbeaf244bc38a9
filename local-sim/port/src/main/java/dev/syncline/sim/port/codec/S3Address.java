// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.RestXmlBinding.Address;
import dev.syncline.sim.service.RestXmlErrors;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bucket and the key of a request, in path style or virtual-hosted style.
 *
 * @param bucket empty for a request without a bucket
 * @param key decoded, empty for a request without a key
 */
record S3Address(String bucket, String key) {
  private static final Pattern AWS_HOST =
      Pattern.compile("(?:(?<bucket>.+)\\.)?s3(?:[.-][a-z]{2}(?:-[a-z]+)+-\\d)?\\.amazonaws\\.com");
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(?:(?<bucket>.+?)\\.)?(?:s3\\.)?localhost");
  private static final String SCOPE_END = "/s3/aws4_request";
  private static final Pattern SCOPE = Pattern.compile("Credential=[^,\\s]+/s3/aws4_request");
  // Signature Version 2 in a header has this form with S3 only.
  private static final Pattern VERSION_2 = Pattern.compile("AWS [^:\\s]+:\\S+");
  private static final Pattern QUERY_SCOPE = Pattern.compile("[^,\\s]+/s3/aws4_request");

  /** Whether a request is for S3: signed for it, a form for it, or sent to its AWS hosts. */
  static boolean isMeant(WireRequest request) {
    return request.headers().stream().anyMatch(S3Address::isSignedHeader)
        || isAwsHost(request.hostName())
        || PresignedUrl.isVersion2(request)
        || PostForm.isSigned(request)
        || request.query().stream().anyMatch(S3Address::isScope);
  }

  private static boolean isSignedHeader(Map.Entry<String, String> header) {
    return header.getKey().equalsIgnoreCase("authorization")
        && (VERSION_2.matcher(header.getValue()).matches()
            || (header.getValue().startsWith("AWS4-")
                // Most requests are not S3's and need no search.
                && header.getValue().contains(SCOPE_END)
                && SCOPE.matcher(header.getValue()).find()));
  }

  private static boolean isAwsHost(String host) {
    return host.endsWith(".amazonaws.com") && AWS_HOST.matcher(host).matches();
  }

  private static boolean isScope(Map.Entry<String, String> parameter) {
    return parameter.getKey().equals("X-Amz-Credential")
        && QUERY_SCOPE.matcher(parameter.getValue()).matches();
  }

  /** The kind of address: of a bucket, of a key, or of the service. */
  Address kind() {
    if (bucket.isEmpty()) {
      return Address.SERVICE;
    }
    return key.isEmpty() ? Address.BUCKET : Address.KEY;
  }

  /** Reads the host and the path. */
  static S3Address of(WireRequest request) {
    String path = request.rawPath().substring(1);
    String bucket = bucketOfHost(request.hostName());
    if (!bucket.isEmpty()) {
      return new S3Address(bucket, decode(path));
    }
    int slash = path.indexOf('/');
    return slash < 0
        ? new S3Address(decode(path), "")
        : new S3Address(decode(path.substring(0, slash)), decode(path.substring(slash + 1)));
  }

  /** The bucket that a host names; empty for none. */
  static String bucketOfHost(String host) {
    for (Pattern pattern : new Pattern[] {AWS_HOST, LOCAL_HOST}) {
      Matcher matcher = pattern.matcher(host);
      if (matcher.matches()) {
        String bucket = matcher.group("bucket");
        return bucket == null || bucket.equals("s3") ? "" : bucket;
      }
    }
    return "";
  }

  /** Percent-decodes; unlike in a query, a plus sign is a plus sign. */
  static String decode(String path) {
    String decoded;
    try {
      decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw RestXmlErrors.invalidArgument(
          "path", path, "The path is not percent-encoded properly.");
    }
    // The decoder writes U+FFFD for bytes that are not UTF-8: two such keys would be one object.
    if (decoded.indexOf('\uFFFD') >= 0
        && !path.toUpperCase(Locale.ROOT).contains("%EF%BF%BD")
        && path.indexOf('\uFFFD') < 0) {
      throw RestXmlErrors.invalidArgument("path", path, "The path is not UTF-8.");
    }
    return decoded;
  }
}
