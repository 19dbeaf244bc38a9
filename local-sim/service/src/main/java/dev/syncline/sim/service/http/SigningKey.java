// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The last step of a Signature Version 4: from the canonical request to the signature. Source: the
 * IAM guide's page on creating a signed request. Immutable.
 *
 * @param secret of the access key
 * @param date of the scope, {@code yyyymmdd}
 */
public record SigningKey(String secret, String date, String region, String service) {
  /** The name of the algorithm, with which an {@code Authorization} begins. */
  public static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String END = "aws4_request";
  private static final int MAX_DERIVED = 1000;
  private static final Map<SigningKey, byte[]> DERIVED = new ConcurrentHashMap<>();

  /**
   * The signature, in lower-case hexadecimal.
   *
   * @param timestamp {@code x-amz-date}
   */
  public String sign(String timestamp, String canonicalRequest) {
    String toSign =
        ALGORITHM
            + "\n"
            + timestamp
            + "\n"
            + String.join("/", date, region, service, END)
            + "\n"
            + hash(canonicalRequest.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hmac(derived(), toSign));
  }

  /** The key that signs; kept, because one caller's requests of a day have the same. */
  private byte[] derived() {
    byte[] kept = DERIVED.get(this);
    if (kept != null) {
      return kept;
    }
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(date, region, service, END)) {
      key = hmac(key, part);
    }
    if (DERIVED.size() >= MAX_DERIVED) {
      DERIVED.clear();
    }
    DERIVED.put(this, key);
    return key;
  }

  /** Whether {@link #sign} gives this signature, in a time that does not depend on it. */
  public boolean made(String signature, String timestamp, String canonicalRequest) {
    return MessageDigest.isEqual(
        sign(timestamp, canonicalRequest).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }

  /** SHA-256 in lower-case hexadecimal. */
  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has HmacSHA256", missing);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[" + String.join("/", date, region, service) + "]";
  }
}
