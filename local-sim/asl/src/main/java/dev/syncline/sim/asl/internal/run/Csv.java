// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import java.util.ArrayList;
import java.util.List;

/** RFC 4180, with any delimiter. Empty lines are skipped. */
final class Csv {
  private Csv() {}

  static List<List<String>> rows(String text, char delimiter) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == delimiter) {
        row.add(field.toString());
        field.setLength(0);
      } else if (c == '\n' || c == '\r') {
        end(rows, row, field);
        row = new ArrayList<>();
      } else {
        field.append(c);
      }
    }
    end(rows, row, field);
    return rows;
  }

  private static void end(List<List<String>> rows, List<String> row, StringBuilder field) {
    if (!row.isEmpty() || !field.isEmpty()) {
      row.add(field.toString());
      rows.add(row);
    }
    field.setLength(0);
  }
}
