// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the lines of a process into log events. A line is an event; our runtime clients write a
 * record of several lines between two private marks, so that it is one event, as on Lambda, where
 * they write it into a pipe of its own. Not thread-safe.
 */
final class LogRecords {
  /** Begins a record, anywhere in a line. */
  static final String BEGIN = "\u0000syncline-record:";

  /** Ends a record, at the end of a line. */
  static final String END = "\u0000syncline-end";

  private final int maxRecord;
  private final Consumer<String> events;
  private @Nullable StringBuilder record;

  /** A record that is longer than {@code maxRecord} characters becomes several events. */
  LogRecords(int maxRecord, Consumer<String> events) {
    this.maxRecord = maxRecord;
    this.events = events;
  }

  /** A whole line, without its end. */
  void line(String line) {
    add(line, "\n");
  }

  /** The beginning of a line, whose rest follows. */
  void part(String line) {
    add(line, "");
  }

  /** The process has ended. */
  void finish() {
    if (record != null) {
      give(record);
      record = null;
    }
  }

  private void add(String text, String end) {
    if (record != null) {
      inRecord(record, text, end);
      return;
    }
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      events.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
      return;
    }
    if (begin > 0) {
      events.accept(text.substring(0, begin));
    }
    var begun = new StringBuilder();
    record = begun;
    inRecord(begun, text.substring(begin + BEGIN.length()), end);
  }

  private void inRecord(StringBuilder current, String text, String end) {
    if (text.endsWith(END)) {
      current.append(text, 0, text.length() - END.length());
      give(current);
      record = null;
      return;
    }
    current.append(text).append(end);
    if (current.length() >= maxRecord) {
      give(current);
      current.setLength(0);
    }
  }

  private void give(StringBuilder current) {
    if (current.length() <= maxRecord) {
      events.accept(current.toString());
      return;
    }
    for (int from = 0; from < current.length(); from += maxRecord) {
      events.accept(current.substring(from, Math.min(current.length(), from + maxRecord)));
    }
  }
}
