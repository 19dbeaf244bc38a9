// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * The caller's preferences (RFC 7240): {@code wait=N} seconds, {@code respond-async}. Other
 * preferences, and a wait that is not a number, are ignored, as the RFC requires. Immutable and
 * thread-safe.
 *
 * @param waitMillis the maximum wait; {@code respond-async} alone means zero
 * @param applied the value of {@code Preference-Applied}; empty without a preference
 */
public record Preferences(OptionalLong waitMillis, String applied) {

  private static final Preferences NONE = new Preferences(OptionalLong.empty(), "");

  /** Whether the caller's preferences allow a 202. */
  public boolean mayBeAsync() {
    return waitMillis.isPresent();
  }

  /** Reads the {@code Prefer} header of a request. */
  public static Preferences of(BridgeRequest request) {
    return request.header("prefer").map(Preferences::parse).orElse(NONE);
  }

  private static Preferences parse(String header) {
    Preferences found = NONE;
    boolean async = false;
    for (String preference : header.split(",")) {
      String text = preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).replace("\"", "");
      async |= text.equals("respond-async");
      // Five digits are more than a day, which no gateway waits, and cannot overflow.
      if (found.waitMillis.isEmpty() && text.matches("wait\\s*=\\s*\\d{1,5}")) {
        long seconds = Long.parseLong(text.substring(text.indexOf('=') + 1).strip());
        found = new Preferences(OptionalLong.of(seconds * 1_000), "wait=" + seconds);
      }
    }
    if (!async) {
      return found;
    }
    return found.waitMillis.isPresent()
        ? new Preferences(found.waitMillis, "respond-async, " + found.applied)
        : new Preferences(OptionalLong.of(0), "respond-async");
  }
}
