// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of passwords: policy, history, age, and the record that is kept in place of the text.
 * Sources: the password policies of the developer guide, and recorded errors; no record has the
 * text of a repeated password. Thread-safe.
 */
public record PoolPasswords(SimClock clock, Ids ids) {
  /** How an operation begins the error for a password that the policy refuses. */
  public enum Wording {
    /** AdminCreateUser. */
    ADMIN_CREATE_USER("Password did not conform with password policy: "),
    /** SignUp. */
    SIGN_UP("Password did not conform with policy: "),
    /** Every other operation. */
    OTHER("Password does not conform to policy: ");

    private final String beginning;

    Wording(String beginning) {
      this.beginning = beginning;
    }
  }

  private static final String SYMBOLS = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";
  private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final String DIGITS = "23456789";
  private static final String SAFE_SYMBOLS = "!@#%*-_=+";
  private static final int SALT_DIGITS = 32;
  private static final int MIN_GENERATED_LENGTH = 12;
  private static final int DEFAULT_MIN_LENGTH = 8;
  private static final int DEFAULT_TEMPORARY_DAYS = 7;

  /**
   * Refuses a password that does not conform to the pool's policy, with the first reason.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidPasswordException}
   */
  public void requirePolicy(UserPool pool, Wording wording, String password) {
    violation(pool, password)
        .ifPresent(
            reason -> {
              throw CognitoErrors.invalidPassword(wording.beginning + reason);
            });
  }

  /**
   * Refuses a password that is among the user's last ones, as many as the policy names.
   *
   * @throws dev.syncline.sim.service.AwsException {@code PasswordHistoryPolicyViolationException}
   */
  public void requireUnused(
      UserPool pool, String username, String password, @Nullable PasswordRecord current) {
    int size = historySize(pool);
    if (current == null || size == 0) {
      return;
    }
    var records = new ArrayList<PasswordRecord>();
    records.add(current);
    records.addAll(current.earlier());
    if (records.stream().limit(size).anyMatch(old -> matches(pool, username, password, old))) {
      throw CognitoErrors.passwordUsedBefore();
    }
  }

  private static Optional<String> violation(UserPool pool, String password) {
    JsonNode policy = pool.setting("/Policies/PasswordPolicy");
    if (password.length() < policy.path("MinimumLength").asInt(DEFAULT_MIN_LENGTH)) {
      return Optional.of("Password not long enough");
    }
    if (lacks(policy, "RequireUppercase", password, c -> c >= 'A' && c <= 'Z')) {
      return Optional.of("Password must have uppercase characters");
    }
    if (lacks(policy, "RequireLowercase", password, c -> c >= 'a' && c <= 'z')) {
      return Optional.of("Password must have lowercase characters");
    }
    if (lacks(policy, "RequireNumbers", password, c -> c >= '0' && c <= '9')) {
      return Optional.of("Password must have numeric characters");
    }
    // A space counts as a symbol only inside the password.
    String inner = password.strip();
    if (lacks(policy, "RequireSymbols", inner, c -> c == ' ' || SYMBOLS.indexOf(c) >= 0)) {
      return Optional.of("Password must have symbol characters");
    }
    return Optional.empty();
  }

  private static boolean lacks(
      JsonNode policy, String rule, String password, IntPredicate character) {
    return policy.path(rule).asBoolean(false) && password.chars().noneMatch(character);
  }

  /**
   * The record of a new password.
   *
   * @param username the real user name, which SRP hashes
   * @param temporary whether the user must replace it at the next sign-in
   * @param earlier the record that it replaces; kept as far as the policy's history needs it
   */
  public PasswordRecord create(
      UserPool pool,
      String username,
      String password,
      boolean temporary,
      @Nullable PasswordRecord earlier) {
    String salt = ids.hex(SALT_DIGITS);
    return new PasswordRecord(
        salt,
        verifier(pool, username, password, salt),
        clock.now(),
        temporary,
        history(pool, earlier));
  }

  private static List<PasswordRecord> history(UserPool pool, @Nullable PasswordRecord earlier) {
    int size = historySize(pool);
    if (earlier == null || size == 0) {
      return List.of();
    }
    var records = new ArrayList<PasswordRecord>();
    records.add(
        new PasswordRecord(
            earlier.salt(), earlier.verifier(), earlier.set(), earlier.temporary(), List.of()));
    records.addAll(earlier.earlier());
    return records.stream().limit(size).toList();
  }

  private static int historySize(UserPool pool) {
    return pool.setting("/Policies/PasswordPolicy/PasswordHistorySize").asInt(0);
  }

  /** Whether it is the password of that record. */
  public boolean matches(UserPool pool, String username, String password, PasswordRecord record) {
    return verifier(pool, username, password, record.salt()).equals(record.verifier());
  }

  private static String verifier(UserPool pool, String username, String password, String salt) {
    BigInteger x =
        SrpGroup.privateKey(pool.shortId(), username, password, new BigInteger(salt, 16));
    return HexFormat.of().formatHex(SrpGroup.verifier(x).toByteArray());
  }

  /** Whether it is a temporary password whose validity has passed. */
  public boolean expired(UserPool pool, PasswordRecord record) {
    return record.temporary()
        && !clock.now().isBefore(record.set().plus(Duration.ofDays(temporaryDays(pool))));
  }

  /** How many days a temporary password of this pool is valid. */
  public static int temporaryDays(UserPool pool) {
    int fallback =
        pool.setting("/AdminCreateUserConfig/UnusedAccountValidityDays")
            .asInt(DEFAULT_TEMPORARY_DAYS);
    return pool.setting("/Policies/PasswordPolicy/TemporaryPasswordValidityDays").asInt(fallback);
  }

  /** A new temporary password that conforms to every policy of its length. */
  public String generate(UserPool pool) {
    int length =
        Math.max(
            MIN_GENERATED_LENGTH,
            pool.setting("/Policies/PasswordPolicy/MinimumLength").asInt(DEFAULT_MIN_LENGTH));
    String all = LOWER + UPPER + DIGITS + SAFE_SYMBOLS;
    var password =
        new StringBuilder()
            .append(pick(UPPER))
            .append(pick(LOWER))
            .append(pick(DIGITS))
            .append(pick(SAFE_SYMBOLS));
    while (password.length() < length) {
      password.append(pick(all));
    }
    return password.toString();
  }

  private char pick(String alphabet) {
    return alphabet.charAt((int) (ids.nextDouble() * alphabet.length()));
  }
}
