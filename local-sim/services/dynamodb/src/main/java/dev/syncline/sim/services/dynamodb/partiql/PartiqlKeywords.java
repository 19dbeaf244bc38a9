// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import java.util.Locale;
import java.util.Set;

/** The keywords of PartiQL: the reserved words of SQL-92 and its own (PartiQL specification). */
final class PartiqlKeywords {
  private static final Set<String> WORDS =
      Set.of(
          """
          absolute action add all allocate alter and any are as asc assertion at authorization avg
          begin between bit bit_length by cascade cascaded case cast catalog char character
          character_length char_length check close coalesce collate collation column commit connect
          connection constraint constraints continue convert corresponding count create cross
          current current_date current_time current_timestamp current_user cursor date deallocate
          dec decimal declare default deferrable deferred delete desc describe descriptor
          diagnostics disconnect distinct domain double drop else end escape except exception exec
          execute exists external extract false fetch first float for foreign found from full get
          global go goto grant group having identity immediate in indicator initially inner input
          insensitive insert int integer intersect interval into is isolation join key language
          last left level like local lower match max min module names national natural nchar next no
          not null nullif numeric octet_length of on only open option or order outer output overlaps
          pad partial position precision prepare preserve primary prior privileges procedure public
          read real references relative restrict revoke right rollback rows schema scroll section
          select session session_user set size smallint some space sql sqlcode sqlerror sqlstate
          substring sum system_user table temporary then time timestamp to transaction translate
          translation trim true union unique unknown update upper usage user using value values
          varchar varying view when whenever where with work write zone
          missing pivot unpivot limit offset remove returning bag list struct tuple boolean bool
          string symbol clob blob sexp any_type
          """
              .strip()
              .split("\\s+"));

  private static final Set<String> OPERATORS = Set.of("is", "like", "in", "between", "and", "or");

  private PartiqlKeywords() {}

  /** Whether the word is a keyword, in any case. */
  static boolean contains(String word) {
    return WORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether the token is an operator that needs an operand before it. */
  static boolean isOperator(PartiqlToken token) {
    return token.type() == PartiqlToken.Type.WORD && OPERATORS.contains(token.lower());
  }
}
