// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.Utf8;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of one expression, read from left to right, and what all grammars share. */
final class TokenReader {
  /** The longest expression, in UTF-8 bytes, as sent. */
  static final int MAX_BYTES = 4096;

  /** The most operators: comparisons, AND, OR, NOT, BETWEEN, IN, + and -. */
  static final int MAX_OPERATORS = 300;

  /**
   * The deepest nesting of brackets that is followed. A correct expression stays below it, because
   * each pair of parentheses needs an operator; so deeper ones only need the right fault.
   */
  static final int MAX_DEPTH = MAX_OPERATORS + 10;

  private final ExpressionKind kind;
  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;
  private int operators;

  /** Refuses an expression that is too long or blank. */
  TokenReader(ExpressionKind kind, String text) {
    int bytes = Utf8.length(text);
    if (bytes > MAX_BYTES) {
      throw kind.fault(
          "Expression size has exceeded the maximum allowed size; expression size: " + bytes);
    }
    this.kind = kind;
    this.text = text;
    this.tokens = Tokenizer.tokens(text);
    if (tokens.size() == 1) {
      throw kind.fault("The expression can not be empty;");
    }
  }

  /** The token that is next. */
  Token peek() {
    return tokens.get(at);
  }

  /** Goes on to the token after it. */
  Token take() {
    Token token = peek();
    if (token.type() != Token.Type.END) {
      at++;
    }
    return token;
  }

  /** Takes the symbol if it is next. */
  boolean takeIf(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      at++;
    }
    return found;
  }

  /** Takes the keyword if it is next. */
  boolean takeKeyword(String keyword) {
    boolean found = peek().isWord(keyword);
    if (found) {
      at++;
    }
    return found;
  }

  void expect(String symbol) {
    if (!takeIf(symbol)) {
      throw syntaxFault();
    }
  }

  void expectKeyword(String keyword) {
    if (!takeKeyword(keyword)) {
      throw syntaxFault();
    }
  }

  /** Ends the reading: nothing may follow, and the operators must not be too many. */
  void finish() {
    if (peek().type() != Token.Type.END) {
      throw syntaxFault();
    }
    requireOperators(operators);
  }

  void countOperator() {
    operators++;
  }

  private void requireOperators(int count) {
    if (count > MAX_OPERATORS) {
      throw kind.fault("The expression contains too many operators; operator count: " + count);
    }
  }

  /** Takes an opening parenthesis if it is next. */
  boolean takeOpening() {
    boolean found = takeIf("(");
    if (found && ++depth > MAX_DEPTH) {
      throw tooDeep();
    }
    return found;
  }

  /** Takes the parenthesis that closes the last one. */
  void expectClosing() {
    expect(")");
    depth--;
  }

  /** The fault of an expression whose brackets nest deeper than those of any correct one. */
  private ValidationFault tooDeep() {
    int open = 0;
    int count = 0;
    for (Token token : tokens) {
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      boolean operator =
          token.type() == Token.Type.SYMBOL
              ? "= <> < <= > >= + -".contains(token.text())
              : kind.isKeyword(token.text());
      count += operator ? 1 : 0;
    }
    if (open > 0) {
      at = tokens.size() - 1;
      return syntaxFault();
    }
    requireOperators(count);
    return redundantParentheses();
  }

  ValidationFault redundantParentheses() {
    return kind.fault("The expression has redundant parentheses;");
  }

  /**
   * The fault that the next token must not stand there. AWS shows it between its neighbours, with
   * the white space of the text.
   */
  ValidationFault syntaxFault() {
    Token token = peek();
    int start = at == 0 ? token.start() : tokens.get(at - 1).start();
    int end =
        token.type() == Token.Type.END
            ? at == 0 ? token.end() : tokens.get(at - 1).end()
            : tokens.get(at + 1).type() == Token.Type.END ? token.end() : tokens.get(at + 1).end();
    return kind.fault(
        "Syntax error; token: \""
            + token.text()
            + "\", near: \""
            + text.substring(start, end)
            + "\"");
  }

  /** Whether a name of an attribute, bare or as a placeholder, is next. */
  boolean isName() {
    Token token = peek();
    return token.type() == Token.Type.NAME
        || (token.type() == Token.Type.WORD && !kind.isKeyword(token.text()));
  }

  /** Whether a function with its opening parenthesis is next. */
  boolean isCall() {
    return peek().type() == Token.Type.WORD && isName() && tokens.get(at + 1).is("(");
  }

  /** Reads a document path. */
  Syntax.Path path() {
    var steps = new ArrayList<Syntax.Step>();
    steps.add(name());
    return pathFrom(steps);
  }

  /** Reads what may follow the steps of a path. */
  Syntax.Path pathFrom(List<Syntax.Step> start) {
    var steps = new ArrayList<>(start);
    while (true) {
      if (takeIf(".")) {
        steps.add(name());
      } else if (takeIf("[")) {
        if (peek().type() != Token.Type.DIGITS) {
          throw syntaxFault();
        }
        steps.add(new Syntax.Step.Index(take().text()));
        expect("]");
      } else {
        return new Syntax.Path(List.copyOf(steps));
      }
    }
  }

  private Syntax.Step name() {
    if (!isName()) {
      throw syntaxFault();
    }
    return new Syntax.Step.Name(take().text());
  }

  /** Reads a path, a placeholder for a value, or a function, whose arguments it also reads. */
  Syntax.Operand operand(Supplier<Syntax.Operand> argument) {
    if (peek().type() == Token.Type.VALUE) {
      return new Syntax.Value(take().text());
    }
    if (!isCall()) {
      return path();
    }
    String function = take().text();
    takeOpening();
    var arguments = new ArrayList<Syntax.Operand>();
    do {
      arguments.add(argument.get());
    } while (takeIf(","));
    expectClosing();
    return new Syntax.Call(function, List.copyOf(arguments));
  }
}
