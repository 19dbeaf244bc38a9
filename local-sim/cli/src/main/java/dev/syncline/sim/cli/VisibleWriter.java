// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes characters that control a terminal as text: control characters other than line feed and
 * tab, and those that reorder text, are written as {@code \\u001b}. Log messages, events and errors
 * come from outside. Inside JSON it is the same text to a reader. Thread-safe as its writer is.
 */
final class VisibleWriter extends FilterWriter {
  private static final boolean CARRIAGE_RETURNS = System.lineSeparator().indexOf('\r') >= 0;

  private VisibleWriter(Writer out) {
    super(out);
  }

  /** A printer whose target {@link #raw} returns. */
  static PrintWriter printer(PrintWriter out) {
    return new Printer(out);
  }

  /** The printer's target, for text that must not be changed. */
  static PrintWriter raw(PrintWriter out) {
    return out instanceof Printer printer ? printer.raw : out;
  }

  @Override
  public void write(int character) throws IOException {
    char c = (char) character;
    if (isVisible(c)) {
      out.write(c);
    } else {
      out.write(String.format("\\u%04x", (int) c));
    }
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    write(new String(characters, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    int from = offset;
    for (int i = offset; i < offset + length; i++) {
      if (!isVisible(text.charAt(i))) {
        out.write(text, from, i - from);
        write(text.charAt(i));
        from = i + 1;
      }
    }
    out.write(text, from, offset + length - from);
  }

  private static boolean isVisible(char c) {
    boolean lays = c == '\n' || c == '\t' || (c == '\r' && CARRIAGE_RETURNS);
    boolean reorders = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    boolean breaks = c == '\u2028' || c == '\u2029';
    return lays || !(Character.isISOControl(c) || reorders || breaks);
  }

  private static final class Printer extends PrintWriter {
    private final PrintWriter raw;

    private Printer(PrintWriter raw) {
      super(new VisibleWriter(raw), true);
      this.raw = raw;
    }
  }
}
