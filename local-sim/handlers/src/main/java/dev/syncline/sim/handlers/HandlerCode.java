// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import java.util.Map;
import org.graalvm.polyglot.Source;

/**
 * Valid code. Immutable; created by {@link HandlerEngine#compile}.
 *
 * <p>Equal only to itself: its parsed form is looked up by its source.
 */
public final class HandlerCode {
  /** The form of a hook. */
  public enum Form {
    /** One function that needs no data source. */
    FUNCTION,
    /** An object with {@code request} and {@code response}. */
    OBJECT
  }

  private final Source source;
  private final CodeKind kind;
  private final Map<String, Form> exports;

  HandlerCode(Source source, CodeKind kind, Map<String, Form> exports) {
    this.source = source;
    this.kind = kind;
    this.exports = Map.copyOf(exports);
  }

  Source source() {
    return source;
  }

  /** Where it belongs. */
  public CodeKind kind() {
    return kind;
  }

  /** Its exports, by name. */
  public Map<String, Form> exports() {
    return exports;
  }
}
