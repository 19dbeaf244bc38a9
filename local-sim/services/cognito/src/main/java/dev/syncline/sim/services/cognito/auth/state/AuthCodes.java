// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import dev.syncline.sim.kernel.Exclusive;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.cognito.auth.crypto.AuthDigests;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The codes that wait for their use. A new code replaces the one before it for the same user and
 * purpose. At most {@link #MAX_CODES} are kept, and the oldest are forgotten first. Thread-safe.
 */
public final class AuthCodes {
  /** How many codes are kept. */
  public static final int MAX_CODES = 100_000;

  /** The digits of every code but those of a sign-in by e-mail. */
  public static final int DIGITS = 6;

  /** What a code is for. */
  public enum Purpose {
    /** To confirm a sign-up. */
    SIGN_UP(Duration.ofHours(24)),
    /** To set a new password. */
    PASSWORD(Duration.ofHours(1)),
    /** To verify the e-mail address. */
    EMAIL(Duration.ofHours(24)),
    /** To verify the telephone number. */
    PHONE(Duration.ofHours(24));

    private final Duration life;

    Purpose(Duration life) {
      this.life = life;
    }

    /** The purpose of verifying an attribute. */
    public static Purpose ofAttribute(String attribute) {
      return attribute.equals("email") ? EMAIL : PHONE;
    }
  }

  /**
   * A code that was sent.
   *
   * @param attribute {@code email} or {@code phone_number}
   * @param address where it was sent; a verification confirms this value
   */
  public record SentCode(
      String poolId,
      String username,
      Purpose purpose,
      String attribute,
      String address,
      String code,
      Instant expires) {
    private String key() {
      return AuthCodes.key(poolId, username, purpose);
    }

    @Override
    public String toString() {
      return "SentCode[purpose=" + purpose + "]";
    }
  }

  private final SimClock clock;
  private final Ids ids;
  private final Exclusive lock = new Exclusive();
  private final Map<String, SentCode> codes = new LinkedHashMap<>();
  private final Map<String, String> secrets = new LinkedHashMap<>();

  /** No codes. */
  public AuthCodes(SimClock clock, Ids ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /** A new number with that many digits. */
  public String number(int digits) {
    var text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append((char) ('0' + (int) (ids.nextDouble() * 10)));
    }
    return text.toString();
  }

  /** Makes a code. */
  public SentCode issue(
      String poolId, String username, Purpose purpose, String attribute, String address) {
    var code =
        new SentCode(
            poolId,
            username,
            purpose,
            attribute,
            address,
            number(DIGITS),
            clock.now().plus(purpose.life));
    put(code);
    return code;
  }

  private void put(SentCode code) {
    lock.call(
        () -> {
          codes.remove(code.key());
          while (codes.size() >= MAX_CODES) {
            codes.remove(codes.keySet().iterator().next());
          }
          return codes.put(code.key(), code);
        });
  }

  /**
   * The code that was sent, if this is it; it stays usable.
   *
   * @throws dev.syncline.sim.service.AwsException {@code ExpiredCodeException}, {@code
   *     CodeMismatchException}
   */
  public SentCode require(String poolId, String username, Purpose purpose, String given) {
    SentCode sent = lock.call(() -> codes.get(key(poolId, username, purpose)));
    if (sent == null || !clock.now().isBefore(sent.expires)) {
      throw AuthErrors.codeExpired();
    }
    if (!AuthDigests.same(sent.code, given)) {
      throw AuthErrors.codeMismatch();
    }
    return sent;
  }

  /**
   * Spends a code.
   *
   * @throws dev.syncline.sim.service.AwsException {@code ExpiredCodeException} when another call
   *     spent it
   */
  public void spend(SentCode code) {
    if (!lock.<Boolean>call(() -> codes.remove(code.key(), code))) {
      throw AuthErrors.codeExpired();
    }
  }

  /** Keeps the secret of a software token until its first code. */
  public void keepSecret(String poolId, String username, String secret) {
    lock.call(
        () -> {
          while (secrets.size() >= MAX_CODES) {
            secrets.remove(secrets.keySet().iterator().next());
          }
          return secrets.put(secretKey(poolId, username), secret);
        });
  }

  /** The secret that waits for its first code. */
  public Optional<String> secret(String poolId, String username) {
    return Optional.ofNullable(lock.call(() -> secrets.get(secretKey(poolId, username))));
  }

  /** Forgets the secret that waits. */
  public void dropSecret(String poolId, String username) {
    lock.call(() -> secrets.remove(secretKey(poolId, username)));
  }

  /** Forgets the codes of a user; of all users of the pool when the name is null. */
  public void forget(String poolId, @Nullable String username) {
    String beginning = username == null ? poolId + "\n" : secretKey(poolId, username);
    lock.call(
        () -> {
          secrets.keySet().removeIf(key -> key.startsWith(beginning));
          return codes.keySet().removeIf(key -> key.startsWith(beginning));
        });
  }

  /** Every code, to save them. */
  public List<SentCode> all() {
    return lock.call(() -> List.copyOf(codes.values()));
  }

  /** Takes saved codes. */
  public void restore(List<SentCode> saved) {
    saved.forEach(this::put);
  }

  private static String secretKey(String poolId, String username) {
    return poolId + "\n" + username + "\n";
  }

  private static String key(String poolId, String username, Purpose purpose) {
    return secretKey(poolId, username) + purpose;
  }
}
