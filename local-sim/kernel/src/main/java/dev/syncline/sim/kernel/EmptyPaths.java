// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/**
 * Counts the ways in which a regular expression can match without reading a character, each
 * repetition counted. A matcher may try all of them, and a count of characters read does not
 * include them. Groups, alternatives, anchors and counted repetitions are analysed; everything else
 * reads a character. Assumes that the pattern compiles. Not thread-safe.
 */
final class EmptyPaths {
  /** The limit; the patterns of real templates have one or two. */
  static final long MAX = 10_000;

  /** Far above the limit and far below an overflow. */
  private static final long CAP = 1L << 40;

  private final String regex;
  private int at;

  private EmptyPaths(String regex) {
    this.regex = regex;
  }

  static long of(String regex) {
    var paths = new EmptyPaths(regex);
    long all = paths.alternatives();
    // With flags such as (?x) a parenthesis may not be a group; the rest is then read as well.
    while (paths.at < regex.length()) {
      paths.at++;
      all = limited(all + paths.alternatives());
    }
    return all;
  }

  private long alternatives() {
    long sum = sequence();
    while (peek() == '|') {
      at++;
      sum = limited(sum + sequence());
    }
    return sum;
  }

  private long sequence() {
    long product = 1;
    long sinceLook = 1;
    long most = 1;
    while (at < regex.length() && peek() != '|' && peek() != ')') {
      long element = repeated(element());
      product = limited(product * element);
      sinceLook = element == 0 ? 1 : limited(sinceLook * element);
      most = Math.max(most, sinceLook);
    }
    return product > 0 || most > MAX ? Math.max(product, most) : 0;
  }

  private long element() {
    char c = regex.charAt(at++);
    return switch (c) {
      case '^', '$' -> 1;
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape();
      default -> 0;
    };
  }

  private long group() {
    if (peek() == '?') {
      at++;
      while (at < regex.length() && "<=!>".indexOf(peek()) < 0 && peek() != ':' && peek() != ')') {
        at++;
      }
      if (peek() == '<' && at + 1 < regex.length() && "=!".indexOf(regex.charAt(at + 1)) < 0) {
        at = Math.max(at, regex.indexOf('>', at));
      } else if (peek() == '<') {
        at++;
      }
      if (peek() == ')') {
        at++;
        return 1;
      }
      at++;
    }
    long inside = alternatives();
    at++;
    return inside;
  }

  private long escape() {
    if (at >= regex.length()) {
      return 0;
    }
    char c = regex.charAt(at++);
    if (c == 'Q') {
      int end = regex.indexOf("\\E", at);
      long quoted = end == at ? 1 : 0;
      at = end < 0 ? regex.length() : end + 2;
      return quoted;
    }
    if ((c == 'k' || c == 'p' || c == 'P' || c == 'x' || c == 'N') && at < regex.length()) {
      int end = regex.indexOf(c == 'k' ? '>' : '}', at);
      if ((peek() == '{' || peek() == '<') && end > 0) {
        at = end + 1;
      }
      return c == 'k' ? 1 : 0;
    }
    // Anchors, and back references, whose group may have matched nothing.
    return "AGzZ".indexOf(c) >= 0 || (c >= '1' && c <= '9') ? 1 : 0;
  }

  private long characterClass() {
    int depth = 1;
    boolean first = true;
    while (at < regex.length() && depth > 0) {
      char c = regex.charAt(at++);
      if (c == '\\') {
        if (peek() == 'Q') {
          int end = regex.indexOf("\\E", at);
          at = end < 0 ? regex.length() : end + 2;
        } else {
          at++;
        }
      } else if (c == '[') {
        depth++;
        first = true;
        continue;
      } else if (c == ']' && !first) {
        depth--;
      } else if (c == '^' && first) {
        continue;
      }
      first = false;
    }
    return 0;
  }

  private long repeated(long element) {
    long paths = element;
    while (true) {
      switch (peek()) {
        case '*', '+', '?' -> {
          // An empty round ends such a loop, so there are two ways: one round and no round.
          at++;
          paths = paths == 0 ? 0 : limited(paths + 1);
        }
        case '{' -> {
          int end = regex.indexOf('}', at);
          if (end < 0) {
            return paths;
          }
          paths = counted(paths, regex.substring(at + 1, end));
          at = end + 1;
        }
        default -> {
          return paths;
        }
      }
    }
  }

  private static long counted(long paths, String range) {
    long least;
    try {
      int comma = range.indexOf(',');
      least = Long.parseLong((comma < 0 ? range : range.substring(0, comma)).strip());
    } catch (NumberFormatException notACount) {
      return paths;
    }
    if (paths == 0) {
      return range.equals("0") || range.equals("0,0") ? 1 : 0;
    }
    if (least == 0) {
      return limited(paths + 1);
    }
    long all = least;
    for (long i = 0; paths > 1 && i < least && all < CAP; i++) {
      all = limited(all * paths);
    }
    return limited(Math.max(all, paths * Math.min(least, CAP)));
  }

  private static long limited(long paths) {
    return paths < 0 || paths > CAP ? CAP : paths;
  }

  private char peek() {
    return at < regex.length() ? regex.charAt(at) : '\0';
  }
}
