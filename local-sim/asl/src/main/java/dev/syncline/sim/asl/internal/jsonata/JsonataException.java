// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression that cannot be parsed or fails. The words are the reference's. */
public final class JsonataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String code;
  private final @Nullable String words;
  private final transient Map<String, @Nullable Object> details = new HashMap<>();

  private JsonataException(@Nullable String code, @Nullable String words) {
    super(code, null, false, false);
    this.code = code;
    this.words = words;
  }

  /** A failure with a code of {@link ErrorTexts}. */
  static JsonataException of(String code) {
    return new JsonataException(code, null);
  }

  /** A failure whose words do not depend on its code. */
  static JsonataException worded(@Nullable String code, String words) {
    return new JsonataException(code, words);
  }

  /** A function that got an argument it does not take; {@code index} counts from 1. */
  static JsonataException argument(int index, String function) {
    return of("T0410").with("index", (double) index).with("token", function);
  }

  JsonataException with(String name, @Nullable Object value) {
    details.put(name, value);
    return this;
  }

  JsonataException value(@Nullable Object value) {
    return with("value", value);
  }

  JsonataException token(@Nullable Object token) {
    return with("token", token);
  }

  /** Names the function or operator, unless it has been named. */
  void nameIfUnnamed(@Nullable Object token) {
    Object named = details.get("token");
    if (named == null || named.equals("")) {
      details.put("token", token);
    }
  }

  /** Such as {@code T1006}; null if it has none. */
  public @Nullable String code() {
    return code;
  }

  /** The words without the code. */
  public String words() {
    return words != null ? words : ErrorTexts.of(String.valueOf(code), details);
  }

  @Override
  public String getMessage() {
    return code == null ? words() : code + ": " + words();
  }
}
