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
  private static final String HMAC = "HmacSHA256";

  private static final Map<SigningKey, Derived> DERIVED = new ConcurrentHashMap<>();

  private static final MessageDigest SHA_256 = sha256();

  /**
   * What all signatures of one day, region and service have in common.
   *
   * @param keyed ready to sign; copied for each signature, which is cheaper than to look for the
   *     algorithm
   */
  private record Derived(Mac keyed, String scope) {}

  /**
   * The signature, in lower-case hexadecimal.
   *
   * @param timestamp {@code x-amz-date}
   */
  public String sign(String timestamp, String canonicalRequest) {
    return HexFormat.of().formatHex(signature(timestamp, canonicalRequest));
  }

  private byte[] signature(String timestamp, String canonicalRequest) {
    Derived derived = derived();
    String hash = hash(canonicalRequest.getBytes(StandardCharsets.UTF_8));
    return signed(derived.keyed, ALGORITHM + "\n" + timestamp + "\n" + derived.scope + "\n" + hash);
  }

  /** The key that signs; kept, because one caller's requests of a day have the same. */
  private Derived derived() {
    Derived kept = DERIVED.get(this);
    if (kept != null) {
      return kept;
    }
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(date, region, service, END)) {
      key = signed(mac(key), part);
    }
    if (DERIVED.size() >= MAX_DERIVED) {
      DERIVED.clear();
    }
    var made = new Derived(mac(key), String.join("/", date, region, service, END));
    DERIVED.put(this, made);
    return made;
  }

  /** Whether {@link #sign} gives this signature, in a time that does not depend on it. */
  public boolean made(String signature, String timestamp, String canonicalRequest) {
    byte[] claimed;
    try {
      claimed = HexFormat.of().parseHex(signature);
    } catch (IllegalArgumentException otherText) {
      return false;
    }
    return MessageDigest.isEqual(signature(timestamp, canonicalRequest), claimed);
  }

  /** SHA-256 in lower-case hexadecimal. */
  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(((MessageDigest) SHA_256.clone()).digest(bytes));
    } catch (CloneNotSupportedException fixed) {
      return HexFormat.of().formatHex(sha256().digest(bytes));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has HmacSHA256", missing);
    }
  }

  /** The code of the text, with a copy of the keyed one. */
  private static byte[] signed(Mac keyed, String text) {
    try {
      return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException fixed) {
      throw new IllegalStateException("the JDK's HmacSHA256 cannot be copied", fixed);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[" + String.join("/", date, region, service) + "]";
  }
}
