// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The id of one piece of work, used in the answer, in the reply channel, and as the Step Functions
 * execution name.
 *
 * <p>{@code exec-} and 32 lower-case hexadecimal digits: 37 characters, which is valid as an
 * AppSync Events channel segment (1–50 characters, letters, digits and inner dashes) and as an
 * execution name (1–80). A client cannot choose it, so an id never contains a wildcard or a path.
 *
 * <p>The first 22 digits are random, or the HMAC of caller and key. The last 10 are a tag of the
 * caller: a digest of the first 22 and the caller's identity. So every environment can check
 * without state, and with every backend, whether work belongs to a caller.
 *
 * <p>Immutable and thread-safe.
 */
public record CorrelationId(String value) {

  private static final String PREFIX = "exec-";
  private static final int DIGITS = 32;
  private static final int UNIQUE_DIGITS = 22;

  public CorrelationId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not a correlation id (exec- and 32 hex digits)");
    }
  }

  /** An unguessable id without a caller. See {@link #random(RandomGenerator, String)}. */
  public static CorrelationId random(RandomGenerator random) {
    return random(random, "");
  }

  /**
   * An unguessable id: 88 bits from {@code random}, which should be a secure generator.
   *
   * @param caller the caller's identity; empty if the gateway does not authenticate
   */
  public static CorrelationId random(RandomGenerator random, String caller) {
    byte[] bits = new byte[UNIQUE_DIGITS / 2];
    random.nextBytes(bits);
    return tagged(HexFormat.of().formatHex(bits), caller);
  }

  /**
   * The id of a key: the same for every repeat by the same caller.
   *
   * @param secret the deployment's secret; if empty, the id can be computed from caller and key
   * @param caller the caller's identity, so that two callers may use the same key; empty if the
   *     gateway does not authenticate
   * @param key the {@code Idempotency-Key} header's value
   */
  public static CorrelationId fromIdempotencyKey(byte[] secret, String caller, String key) {
    // The length separates caller and key, which may contain any character.
    byte[] text = (caller.length() + ":" + caller + key).getBytes(StandardCharsets.UTF_8);
    String digest =
        HexFormat.of().formatHex(secret.length == 0 ? sha256(text) : hmac(secret, text));
    return tagged(digest.substring(0, UNIQUE_DIGITS), caller);
  }

  /** Parses an external id; empty if it is malformed. */
  public static Optional<CorrelationId> parse(String text) {
    return isWellFormed(text) ? Optional.of(new CorrelationId(text)) : Optional.empty();
  }

  /**
   * Whether this id was derived for this caller. An id of another caller passes with a probability
   * of 2^-40.
   *
   * @param caller the caller's identity; empty if the gateway does not authenticate
   */
  public boolean belongsTo(String caller) {
    String unique = value.substring(PREFIX.length(), PREFIX.length() + UNIQUE_DIGITS);
    return value.equals(tagged(unique, caller).value);
  }

  /** The SHA-256 digest of a text's UTF-8 bytes. */
  public static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] secret, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static CorrelationId tagged(String unique, String caller) {
    String tag = HexFormat.of().formatHex(sha256("caller of " + unique + "\n" + caller));
    return new CorrelationId(PREFIX + unique + tag.substring(0, DIGITS - UNIQUE_DIGITS));
  }

  private static boolean isWellFormed(String text) {
    if (text.length() != PREFIX.length() + DIGITS || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
