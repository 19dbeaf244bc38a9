// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 from its specification (IAM User Guide, "Create a signed AWS API request"),
 * independent of the SDK, to check what the SDK signed.
 */
public final class SigV4 {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");

  /** The parts of a signature, and whether it is correct. */
  public record Verdict(
      String accessKeyId, String region, String service, String signedHeaders, boolean right) {}

  private SigV4() {}

  /**
   * Recomputes the signature of a {@code POST}.
   *
   * @param headers the sent headers, including {@code Authorization}; names are case-insensitive
   */
  public static Verdict verify(
      String path, Map<String, String> headers, String body, String secretKey) {
    Map<String, String> byName = new TreeMap<>();
    headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
    Matcher parts = AUTHORIZATION.matcher(byName.getOrDefault("authorization", ""));
    if (!parts.matches()) {
      throw new AssertionError("no SigV4 Authorization in " + byName.keySet());
    }
    StringBuilder canonical = new StringBuilder("POST\n" + path + "\n\n");
    for (String name : parts.group(5).split(";")) {
      canonical.append(name).append(':').append(byName.getOrDefault(name, "").strip()).append('\n');
    }
    canonical.append('\n').append(parts.group(5)).append('\n').append(sha256(body));
    String scope = parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4) + "/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + byName.get("x-amz-date")
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.toString());
    byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    String signature = HexFormat.of().formatHex(hmac(key, toSign));
    return new Verdict(
        parts.group(1),
        parts.group(3),
        parts.group(4),
        parts.group(5),
        signature.equals(parts.group(6)));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
