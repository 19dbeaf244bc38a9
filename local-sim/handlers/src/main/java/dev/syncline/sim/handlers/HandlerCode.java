// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import java.util.Map;
import org.graalvm.polyglot.Source;

/**
 * Code that was found good. Immutable; made by {@link HandlerEngine#compile}.
 *
 * <p>Equal only to itself: what was parsed for it is found again by its source.
 */
public final class HandlerCode {
  /** What a hook is. */
  public enum Form {
    /** One function that needs no data source. */
    FUNCTION,
    /** An object with {@code request} and {@code response}. */
    OBJECT
  }

  private final Source source;
  private final Map<String, Form> exports;

  HandlerCode(Source source, Map<String, Form> exports) {
    this.source = source;
    this.exports = Map.copyOf(exports);
  }

  Source source() {
    return source;
  }

  /** What it exports, by name. */
  public Map<String, Form> exports() {
    return exports;
  }
}
