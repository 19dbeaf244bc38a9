// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import java.util.Locale;

/**
 * A piece of a statement.
 *
 * @param text without quotes; the content of a string
 * @param line from 1
 * @param column from 1
 * @param length in characters of the statement
 */
record PartiqlToken(Type type, String text, int line, int column, int length) {
  /** What the piece is. */
  enum Type {
    /** A bare name or keyword. */
    WORD,
    /** A name in double quotes. */
    QUOTED,
    /** A string in single quotes. */
    STRING,
    /** A number. */
    NUMBER,
    /** A question mark. */
    PARAMETER,
    /** An operator or bracket. */
    SYMBOL,
    /** The end of the statement. */
    END
  }

  boolean is(String symbol) {
    return type == Type.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String word) {
    return type == Type.WORD && text.equalsIgnoreCase(word);
  }

  /** Whether it is a keyword, which names nothing unless it is quoted. */
  boolean isKeyword() {
    return type == Type.WORD && PartiqlKeywords.contains(text);
  }

  /** Whether it can name a table, an index or an attribute. */
  boolean isName() {
    return type == Type.QUOTED || (type == Type.WORD && !PartiqlKeywords.contains(text));
  }

  /** The bare word in lower case, as functions are named. */
  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** As AWS's messages give places. */
  String place() {
    return line + ":" + column + ":" + length;
  }
}
