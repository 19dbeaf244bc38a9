// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import dev.syncline.sim.vtl.TemplateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AppSync's texts for templates that fail. Stateless. */
final class TemplateTexts {
  /** Begins the text of a failure without a text of its own. */
  static final String TRANSFORMING = "Error transforming the velocity template";

  /** An error of the lexer in the words of Velocity 2. */
  private static final Pattern LEXICAL =
      Pattern.compile(
          "Lexical error at line (\\d+), column (\\d+)\\.\\s+Encountered: '?(<EOF>|.+?)'?"
              + "( \\(\\d+\\))?,?\\s+after prefix (\".*\") \\(in lexical state",
          Pattern.DOTALL);

  private TemplateTexts() {}

  static String of(TemplateException failed) {
    return switch (failed.kind()) {
      case MALFORMED -> malformed(failed.reason());
      case METHOD ->
          "Error invoking method "
              + failed.reason()
              + " at velocity[line "
              + failed.line()
              + ", column "
              + failed.column()
              + "]";
      case LIMIT -> "Transformation too large";
      case OTHER -> TRANSFORMING + ": " + failed.getMessage();
    };
  }

  /** The words of Velocity 1.7, in which a template has no name. */
  private static String malformed(String reason) {
    Matcher lexical = LEXICAL.matcher(reason);
    if (lexical.find()) {
      return "Lexical error,   Encountered: "
          + (lexical.group(3).equals("<EOF>") ? "<EOF>" : "\"" + lexical.group(3) + "\"")
          + (lexical.group(4) == null ? "" : lexical.group(4))
          + ", after : "
          + lexical.group(5)
          + " at *unset*[line "
          + lexical.group(1)
          + ", column "
          + lexical.group(2)
          + "]";
    }
    return reason.replace("template[line", "*unset*[line").replace("\"\\u001c\"", "\"<EOF>\"");
  }
}
