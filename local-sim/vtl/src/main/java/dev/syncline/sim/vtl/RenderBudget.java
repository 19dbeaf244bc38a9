// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.apache.velocity.runtime.directive.Scope;
import org.apache.velocity.util.introspection.Info;
import org.jspecify.annotations.Nullable;

/** The work left to one rendering, and where in the template it is. Belongs to its thread. */
final class RenderBudget {
  private static final ThreadLocal<RenderBudget> CURRENT = new ThreadLocal<>();

  /** A number beyond this would take time and memory with each operation. */
  private static final int MAX_BITS = 4096;

  /** How many characters count as one unit, where a text is only kept or compared. */
  private static final int CHARS_COMPARED = 16;

  private final long work;
  private final int textChars;
  private long left;
  private int line;
  private int column;

  RenderBudget(TemplateLimits limits) {
    this.work = limits.work();
    this.textChars = limits.outputChars();
    this.left = limits.work();
  }

  /** The budget of the rendering on this thread; a small one of its own where none runs. */
  static RenderBudget current() {
    RenderBudget budget = CURRENT.get();
    return budget == null ? new RenderBudget(TemplateLimits.DEFAULT) : budget;
  }

  void begin() {
    CURRENT.set(this);
  }

  static void end() {
    CURRENT.remove();
  }

  void at(Info info) {
    at(info.getLine(), info.getColumn());
  }

  void at(int newLine, int newColumn) {
    line = newLine;
    column = newColumn;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  void charge(long units) {
    left -= units;
    if (left < 0 || units < 0) {
      throw new TemplateFault(
          "The template needs more work than the "
              + work
              + " units that one rendering may use; does a loop or a text grow without end?");
    }
  }

  /** Charges for a text that is made. */
  void text(long length) {
    if (length > textChars) {
      throw new TemplateFault(
          "The template makes a text of " + length + " characters; the limit is " + textChars);
    }
    charge(1 + length);
  }

  /** Charges for writing a value as text. */
  void shown(@Nullable Object value) {
    weigh(value, 1);
  }

  /** Charges for keeping or comparing a value. */
  void kept(@Nullable Object value) {
    weigh(value, CHARS_COMPARED);
  }

  /** Charges for what a method or an operator gave. */
  void made(@Nullable Object value) {
    if (value instanceof String text) {
      text(text.length());
    } else if (value instanceof BigInteger number && number.bitLength() > MAX_BITS) {
      throw new TemplateFault("The template makes a number of more than " + MAX_BITS + " bits");
    }
  }

  private void weigh(@Nullable Object value, int charsPerUnit) {
    switch (value) {
      case CharSequence text -> charge(1 + text.length() / charsPerUnit);
      case Scope scope -> charge(1);
      case Map<?, ?> map -> {
        charge(1);
        map.forEach(
            (key, one) -> {
              weigh(key, charsPerUnit);
              weigh(one, charsPerUnit);
            });
      }
      case Collection<?> list -> {
        charge(1);
        list.forEach(one -> weigh(one, charsPerUnit));
      }
      case Map.Entry<?, ?> entry -> {
        weigh(entry.getKey(), charsPerUnit);
        weigh(entry.getValue(), charsPerUnit);
      }
      case null, default -> charge(1);
    }
  }
}
