// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.work.aws.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The deployment's secret, from which ids are derived with the keys. Fetched at its first use, and
 * cached until {@link #renew}. Thread-safe.
 */
final class KeySecret implements Supplier<byte[]> {

  static final String SECRET_VARIABLE = "IDEMPOTENCY_SECRET_ARN";
  static final String LITERAL_VARIABLE = "IDEMPOTENCY_SECRET";
  private static final int MIN_CHARS = 16;

  private final Supplier<byte[]> maker;
  private volatile LazyValue<byte[]> made;

  private KeySecret(Supplier<byte[]> maker) {
    this.maker = maker;
    this.made = new LazyValue<>(maker);
  }

  /**
   * Checks the variables, without I/O and without a class of the SDK.
   *
   * @throws IllegalArgumentException naming the variable and the correction
   */
  static void check(Map<String, String> environment) {
    String literal = read(environment, LITERAL_VARIABLE);
    if (!literal.isEmpty() && !read(environment, SECRET_VARIABLE).isEmpty()) {
      throw new IllegalArgumentException(
          SECRET_VARIABLE + " and " + LITERAL_VARIABLE + " are both set; remove one");
    }
    if (!literal.isEmpty() && literal.length() < MIN_CHARS) {
      throw new IllegalArgumentException(
          LITERAL_VARIABLE + " must have at least " + MIN_CHARS + " characters");
    }
  }

  /** The secret that the environment configures; empty bytes if none is configured. Does no I/O. */
  static KeySecret fromEnvironment(Map<String, String> environment) {
    check(environment);
    String literal = read(environment, LITERAL_VARIABLE);
    String secret = read(environment, SECRET_VARIABLE);
    if (secret.isEmpty()) {
      return of(literal);
    }
    return new KeySecret(
        () -> bytes(SecretText.fetch(environment, secret, "the secret of Idempotency-Key")));
  }

  /** The given secret; may be empty. */
  static KeySecret of(String text) {
    return new KeySecret(() -> bytes(text));
  }

  @Override
  public byte[] get() {
    return made.get();
  }

  /** Drops the cached secret: a snapshot must not hold it. */
  void renew() {
    made = new LazyValue<>(maker);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String read(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }

  @Override
  public String toString() {
    return "KeySecret";
  }
}
