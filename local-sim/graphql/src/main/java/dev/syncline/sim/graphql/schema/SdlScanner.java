// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import java.util.Set;

/**
 * Reads a schema's text once before the parser, and makes of it what the grammar of 2018 took:
 * {@code implements A, B} and {@code implements A B} become {@code implements A & B}, and signs
 * that no token begins with, such as a semicolon, are left out. Bounds how deep brackets nest,
 * because the parser's stack grows with them.
 */
final class SdlScanner {
  /** Brackets within brackets. */
  private static final int MAX_NESTING = 50;

  private static final String KEPT = "!$():=@[]{}|&.,-+ \t\n\r\uFEFF";

  private static final Set<String> KEYWORDS =
      Set.of(
          "type", "interface", "union", "enum", "input", "scalar", "directive", "extend", "schema");

  private final String sdl;
  private final StringBuilder rewritten;
  private int at;
  private int depth;

  /** The name just before, and the one before it; empty after another sign. */
  private String last = "";

  private String beforeLast = "";

  private SdlScanner(String sdl) {
    this.sdl = sdl;
    this.rewritten = new StringBuilder(sdl.length() + 16);
  }

  /**
   * The text for the parser.
   *
   * @throws SchemaException when brackets nest too deep
   */
  static String rewrite(String sdl) throws SchemaException {
    return new SdlScanner(sdl).run();
  }

  private String run() throws SchemaException {
    boolean listing = false;
    boolean separate = false;
    while (at < sdl.length()) {
      char next = sdl.charAt(at);
      if (next == '#') {
        copyTo(endOfLine());
      } else if (next == '"') {
        copyTo(endOfText());
        listing = false;
        last = "";
      } else if (isNameStart(next)) {
        String name = name();
        if (listing && KEYWORDS.contains(name)) {
          listing = false;
        }
        if (listing && separate) {
          rewritten.append("& ");
        }
        separate = listing;
        if (depth == 0 && !listing && name.equals("implements") && followsName()) {
          listing = true;
          separate = false;
        }
        copyTo(at + name.length());
        beforeLast = last;
        last = name;
      } else {
        if (next == '&') {
          separate = false;
        } else if (next != ','
            && !isStray(next)
            && !Character.isWhitespace(next)
            && next != '\uFEFF') {
          listing = false;
          last = "";
        }
        depth += change(next);
        if (depth > MAX_NESTING) {
          throw new SchemaException(SchemaTexts.NOT_SDL);
        }
        rewritten.append((listing && next == ',') || isStray(next) ? ' ' : next);
        at++;
      }
    }
    return rewritten.toString();
  }

  /** Whether a type's name stands before, so that {@code implements} is no name itself. */
  private boolean followsName() {
    return !last.isEmpty() && (!KEYWORDS.contains(last) || !beforeLast.isEmpty());
  }

  /** Whether the lexer of 2018 dropped a sign: it had no token that begins with it. */
  private static boolean isStray(char sign) {
    return !isNamePart(sign) && KEPT.indexOf(sign) < 0;
  }

  private static int change(char sign) {
    return switch (sign) {
      case '{', '(', '[' -> 1;
      case '}', ')', ']' -> -1;
      default -> 0;
    };
  }

  private String name() {
    int end = at;
    while (end < sdl.length() && isNamePart(sdl.charAt(end))) {
      end++;
    }
    return sdl.substring(at, end);
  }

  private int endOfLine() {
    int end = at;
    while (end < sdl.length() && sdl.charAt(end) != '\n' && sdl.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int endOfText() {
    if (sdl.startsWith("\"\"\"", at)) {
      int end = at + 3;
      while (end < sdl.length()) {
        if (sdl.startsWith("\\\"\"\"", end)) {
          end += 4;
        } else if (sdl.startsWith("\"\"\"", end)) {
          return end + 3;
        } else {
          end++;
        }
      }
      return end;
    }
    int end = at + 1;
    while (end < sdl.length() && sdl.charAt(end) != '"' && sdl.charAt(end) != '\n') {
      end += sdl.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, sdl.length());
  }

  private void copyTo(int end) {
    rewritten.append(sdl, at, end);
    at = end;
  }

  private static boolean isNameStart(char sign) {
    return sign == '_' || (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
  }

  private static boolean isNamePart(char sign) {
    return isNameStart(sign) || (sign >= '0' && sign <= '9');
  }
}
