// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import com.oracle.js.parser.ErrorManager;
import com.oracle.js.parser.Parser;
import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ScriptEnvironment;
import com.oracle.js.parser.Source;
import com.oracle.js.parser.Token;
import com.oracle.js.parser.ir.FunctionNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Parses code and finds constructs that APPSYNC_JS does not support, with GraalJS's own parser.
 * Stateless.
 */
final class CodeCheck {
  /** AWS's name of the file. */
  static final String FILE = "code.js";

  private static final int ECMASCRIPT = 13;

  private CodeCheck() {}

  /** The code to run for valid code. */
  static String check(String code, CodeKind kind) throws CodeException {
    var syntax = new ArrayList<CodeError>();
    Source source = Source.sourceFor(FILE, code);
    FunctionNode module = parse(source, syntax);
    if (!syntax.isEmpty()) {
      throw new CodeException(syntax);
    }
    if (module == null) {
      throw new CodeException(List.of(error("PARSE_ERROR", source, 0, 1, "the code is no module")));
    }
    var restrictions = new Restrictions(source, kind);
    try {
      restrictions.visitModule(module);
    } catch (StackOverflowError tooDeep) {
      throw new CodeException(List.of(tooDeep(source)));
    }
    List<CodeError> found = restrictions.found();
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(CodeError::line).thenComparingInt(CodeError::column));
      throw new CodeException(found);
    }
    if (kind == CodeKind.EVENTS) {
      return code;
    }
    var equality = new NullEquality(code);
    module.accept(equality);
    return equality.text();
  }

  @SuppressWarnings("NullAway") // The parser returns null for code that it could not parse.
  private static @org.jspecify.annotations.Nullable FunctionNode parse(
      Source source, List<CodeError> errors) {
    ScriptEnvironment environment =
        ScriptEnvironment.builder().ecmaScriptVersion(ECMASCRIPT).strict(true).build();
    var collecting =
        new ErrorManager() {
          @Override
          public void error(ParserException exception) {
            super.error(exception);
            errors.add(syntaxError(source, exception));
          }
        };
    try {
      return new Parser(environment, source, collecting).parseModule(FILE);
    } catch (ParserException exception) {
      errors.add(syntaxError(source, exception));
      return null;
    } catch (StackOverflowError tooDeep) {
      // The parser recurses for each level of nesting.
      errors.add(tooDeep(source));
      return null;
    }
  }

  private static CodeError tooDeep(Source source) {
    return error("PARSE_ERROR", source, 0, 1, "the code is nested too deeply");
  }

  private static CodeError syntaxError(Source source, ParserException exception) {
    int span = Math.max(1, Token.descLength(exception.getToken()));
    return error(
        "PARSE_ERROR",
        source,
        Math.max(0, exception.getPosition()),
        span,
        String.valueOf(exception.getRawMessage()));
  }

  static CodeError error(String type, Source source, int position, int span, String message) {
    int line = source.getLine(position);
    int column = source.getColumn(position) + 1;
    return new CodeError(
        type, FILE + "(" + line + "," + column + "): error " + message, line, column, span);
  }
}
