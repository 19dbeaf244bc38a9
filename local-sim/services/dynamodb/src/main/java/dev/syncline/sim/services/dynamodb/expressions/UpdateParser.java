// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads update expressions and lists of paths. */
final class UpdateParser {
  private final TokenReader tokens;

  private UpdateParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads an update expression.
   *
   * @throws ValidationFault for size, syntax and number of operators
   */
  static UpdateSyntax parse(String text) {
    return new UpdateParser(new TokenReader(ExpressionKind.UPDATE, text)).sections();
  }

  /**
   * Reads a projection expression.
   *
   * @throws ValidationFault for size and syntax
   */
  static List<Syntax.Path> paths(String text) {
    var tokens = new TokenReader(ExpressionKind.PROJECTION, text);
    var paths = new ArrayList<Syntax.Path>();
    do {
      paths.add(tokens.path());
    } while (tokens.takeIf(","));
    tokens.finish();
    return paths;
  }

  private UpdateSyntax sections() {
    var sections = new ArrayList<UpdateSyntax.Section>();
    var actions = new ArrayList<UpdateSyntax.Action>();
    do {
      UpdateSyntax.Section section = section();
      sections.add(section);
      do {
        actions.add(action(section));
      } while (tokens.takeIf(","));
    } while (tokens.peek().type() == Token.Type.WORD);
    tokens.finish();
    return new UpdateSyntax(List.copyOf(sections), List.copyOf(actions));
  }

  private UpdateSyntax.Section section() {
    Token token = tokens.peek();
    if (token.type() != Token.Type.WORD || !ExpressionKind.UPDATE.isKeyword(token.text())) {
      throw tokens.syntaxFault();
    }
    return UpdateSyntax.Section.valueOf(tokens.take().text().toUpperCase(Locale.ROOT));
  }

  private UpdateSyntax.Action action(UpdateSyntax.Section section) {
    Syntax.Path path = tokens.path();
    return new UpdateSyntax.Action(
        section,
        path,
        switch (section) {
          case REMOVE -> Optional.empty();
          case ADD, DELETE -> Optional.of(placeholder());
          case SET -> {
            tokens.expect("=");
            yield Optional.of(value(true));
          }
        });
  }

  private Syntax.Value placeholder() {
    if (tokens.peek().type() != Token.Type.VALUE) {
      throw tokens.syntaxFault();
    }
    return new Syntax.Value(tokens.take().text());
  }

  /** Reads a value: the whole may stand in one pair of parentheses, and each operand in one. */
  private Syntax.Operand value(boolean mayBeEnclosed) {
    boolean enclosed = mayBeEnclosed && tokens.takeIf("(");
    boolean twice = enclosed && tokens.peek().is("(");
    Syntax.Operand left = enclosed ? value(false) : operand();
    if (enclosed) {
      tokens.expect(")");
      if (twice || left instanceof Syntax.Arithmetic) {
        return left;
      }
    }
    Token operator = tokens.peek();
    if (!operator.is("+") && !operator.is("-")) {
      return left;
    }
    tokens.take();
    tokens.countOperator();
    return new Syntax.Arithmetic(operator.text(), left, operand());
  }

  private Syntax.Operand operand() {
    if (!tokens.takeIf("(")) {
      return tokens.operand(this::operand);
    }
    Syntax.Operand operand = tokens.operand(this::operand);
    tokens.expect(")");
    return operand;
  }
}
