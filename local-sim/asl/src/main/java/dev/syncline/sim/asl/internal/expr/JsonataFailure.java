// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.JException;
import org.jspecify.annotations.Nullable;

/** A JSONata program that cannot be parsed or fails. */
final class JsonataFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** As JSONata's own time box words it, two blanks included. */
  static final String STACK_OVERFLOW =
      "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as"
          + " tail-recursive";

  /** As JSONata's own time box words it. */
  static final String TIMEOUT = "Expression evaluation timeout: Check for infinite loop";

  /** As AWS words it (recorded). */
  static final String MEMORY =
      "Expression evaluation memory limit exceeded: Check for excessive memory usage";

  /** JSONata's code for programs that do not end; AWS's message leaves it out. */
  static final String RUNAWAY = "U1001";

  private final @Nullable String code;

  JsonataFailure(@Nullable String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static JsonataFailure of(JException e) {
    String code = e.getError();
    return code != null && code.matches("[A-Z]\\d{4}")
        ? new JsonataFailure(code, String.valueOf(e.getMessage()))
        : JsonataErrors.of(e);
  }

  /** Such as {@code T1006}; null if it has none. */
  @Nullable String code() {
    return code;
  }

  /** The words without the code. */
  String words() {
    return String.valueOf(getMessage());
  }
}
