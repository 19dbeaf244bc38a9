// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.Writer;

/** Reports to the user in sentences, or to programs as one JSON object per line. Thread-safe. */
final class Reporter {
  /** The amount and the form of the output. */
  enum Style {
    /** Sentences, progress included. */
    TEXT,
    /** Sentences, results only. */
    QUIET,
    /** Every event as one line of JSON, with its type as {@code event}. */
    JSON
  }

  private final PrintWriter out;
  private final Style style;

  Reporter(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** A reporter that keeps each sentence as an element of {@code sentences}. */
  static Reporter collecting(ArrayNode sentences) {
    var lines =
        new Writer() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public void write(char[] buffer, int offset, int length) {
            text.append(buffer, offset, length);
          }

          @Override
          public void flush() {
            if (!text.isEmpty()) {
              sentences.add(text.toString().stripTrailing());
              text.setLength(0);
            }
          }

          @Override
          public void close() {}
        };
    return new Reporter(new PrintWriter(lines), Style.TEXT);
  }

  /** Reports progress. */
  void progress(String event, ObjectNode fields, String sentence) {
    if (style != Style.QUIET) {
      tell(event, fields, sentence);
    }
  }

  /** Reports a result. */
  void result(String event, ObjectNode fields, String sentence) {
    tell(event, fields, sentence);
  }

  private synchronized void tell(String event, ObjectNode fields, String sentence) {
    if (style == Style.JSON) {
      ObjectNode line = CliJson.object().put("event", event);
      line.setAll(fields);
      out.println(line);
    } else {
      out.println(sentence);
    }
    out.flush();
  }
}
