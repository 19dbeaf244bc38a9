// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the caller prefers (RFC 7240): {@code wait=N} seconds, {@code respond-async}. Anything else,
 * and a wait that is no number, is ignored as the RFC demands. Immutable and thread-safe.
 *
 * @param waitMillis how long to wait at most; {@code respond-async} alone means not at all
 * @param applied what to send as {@code Preference-Applied}; empty if nothing was asked for
 */
public record Preferences(OptionalLong waitMillis, String applied) {

  private static final Preferences NONE = new Preferences(OptionalLong.empty(), "");

  /** Whether the caller asked for it, so that 202 is no surprise. */
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
      // Five digits are more than a day: no overflow, and no gateway waits so long.
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
