// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import dev.syncline.sim.services.dynamodb.expressions.UpdateSyntax;
import dev.syncline.sim.services.dynamodb.expressions.UpdateSyntax.Section;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the SET and REMOVE clauses of UPDATE. */
final class SetParser {
  private static final Set<String> SET_FUNCTIONS = Set.of("set_add", "set_delete");
  private static final Set<String> FUNCTIONS = Set.of("list_append", "if_not_exists");

  private final StatementReader reader;
  private final LiteralParser literals;

  SetParser(StatementReader reader) {
    this.reader = reader;
    this.literals = new LiteralParser(reader);
  }

  /** One or more clauses. */
  List<UpdateSyntax.Action> actions() {
    var actions = new ArrayList<UpdateSyntax.Action>();
    while (true) {
      if (reader.takeWord("SET")) {
        do {
          actions.add(assignment());
        } while (reader.takeIf(","));
      } else if (reader.takeWord("REMOVE")) {
        do {
          actions.add(new UpdateSyntax.Action(Section.REMOVE, reader.path(), Optional.empty()));
        } while (reader.takeIf(","));
      } else if (actions.isEmpty()) {
        throw PartiqlFaults.malformed("Expected data manipulation");
      } else {
        return actions;
      }
    }
  }

  private UpdateSyntax.Action assignment() {
    Syntax.Path path = reader.path();
    reader.expect("=");
    PartiqlToken token = reader.peek();
    if (isCall() && SET_FUNCTIONS.contains(token.lower())) {
      return setFunction(path);
    }
    return new UpdateSyntax.Action(Section.SET, path, Optional.of(value()));
  }

  private boolean isCall() {
    return reader.peek().type() == PartiqlToken.Type.WORD && reader.peekSecond().is("(");
  }

  private Syntax.Operand value() {
    boolean enclosed = reader.takeIf("(");
    if (enclosed) {
      reader.enter();
    }
    Syntax.Operand left = enclosed ? value() : operand();
    if (enclosed) {
      reader.expect(")");
      reader.leave();
    }
    PartiqlToken operator = reader.peek();
    if (!operator.is("+") && !operator.is("-")) {
      return left;
    }
    reader.take();
    return new Syntax.Arithmetic(operator.text(), left, operand());
  }

  private Syntax.Operand operand() {
    if (literals.isValue()) {
      return reader.value(literals.value());
    }
    if (!isCall()) {
      return reader.path();
    }
    return reader.call(FUNCTIONS, () -> reader.operands(this::operand));
  }

  /** {@code SET a = set_add(a, members)}: ADD and DELETE of update expressions. */
  private UpdateSyntax.Action setFunction(Syntax.Path path) {
    PartiqlToken name = reader.take();
    String function = name.text().toUpperCase(Locale.ROOT);
    reader.expect("(");
    PartiqlToken firstToken = reader.peek();
    List<Syntax.Operand> arguments = reader.operands(this::operand);
    reader.expect(")");
    if (arguments.size() != 2) {
      throw PartiqlFaults.bare(function + " must have exactly two arguments at " + name.place());
    }
    if (!(arguments.getFirst() instanceof Syntax.Path first && isSame(first, path))) {
      throw PartiqlFaults.bare(
          "The first argument to "
              + function
              + " must equal the assignment value at "
              + name.place());
    }
    if (!(arguments.getLast() instanceof Syntax.Value value && isSet(reader.valueOf(value)))) {
      throw PartiqlFaults.bare(
          "The second argument to "
              + function
              + " must be a value with type SET at "
              + firstToken.place());
    }
    return new UpdateSyntax.Action(
        function.equals("SET_ADD") ? Section.ADD : Section.DELETE, path, Optional.of(value));
  }

  private static boolean isSet(AttributeValue value) {
    return value.type().isSet();
  }

  private boolean isSame(Syntax.Path first, Syntax.Path second) {
    return names(first).equals(names(second));
  }

  private List<Object> names(Syntax.Path path) {
    var names = new ArrayList<Object>();
    for (Syntax.Step step : path.steps()) {
      names.add(step instanceof Syntax.Step.Name name ? reader.nameOf(name) : step);
    }
    return names;
  }
}
