// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.DocumentPath;
import dev.syncline.sim.services.dynamodb.expressions.ExpressionKind;
import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import dev.syncline.sim.services.dynamodb.expressions.UpdateExpression;
import dev.syncline.sim.services.dynamodb.expressions.UpdateSyntax;
import dev.syncline.sim.services.dynamodb.partiql.Statement.Returning;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads statements. Used once. */
final class StatementParser {
  private final StatementReader reader;

  StatementParser(StatementReader reader) {
    this.reader = reader;
  }

  /** A table or index as FROM names it. */
  private record Target(String table, Optional<String> index) {}

  Statement statement() {
    if (reader.takeWord("EXISTS")) {
      reader.expect("(");
      reader.expectWord("SELECT");
      return new Statement.Exists(select(true));
    }
    if (reader.takeWord("SELECT")) {
      return select(false);
    }
    if (reader.takeWord("INSERT")) {
      return insert();
    }
    if (reader.takeWord("UPDATE")) {
      return update();
    }
    if (reader.takeWord("FROM")) {
      return updateFromFirst();
    }
    if (reader.takeWord("DELETE")) {
      return delete();
    }
    throw PartiqlFaults.malformed("Expected data manipulation");
  }

  private Statement.Select select(boolean enclosed) {
    List<Statement.Column> columns = columns();
    reader.expectWord("FROM");
    if (!reader.peek().isName()) {
      throw PartiqlFaults.unexpected(reader.peek());
    }
    Target target = target();
    if (reader.peek().is(",")) {
      throw PartiqlFaults.bare("Only select from a single table or index is supported.");
    }
    Syntax.Condition where = where();
    List<Statement.Order> order = order();
    if (enclosed) {
      reader.expect(")");
    }
    reader.finish();
    return new Statement.Select(target.table(), target.index(), columns, built(where), order);
  }

  /** Empty for all attributes. */
  private List<Statement.Column> columns() {
    if (reader.takeIf("*")) {
      return List.of();
    }
    var columns = new ArrayList<Statement.Column>();
    do {
      PartiqlToken token = reader.peek();
      if (token.type() == PartiqlToken.Type.WORD && reader.peekSecond().is("(")) {
        throw PartiqlFaults.bare("Unexpected path component at " + token.place());
      }
      columns.add(Statement.Column.of(resolved(reader.path())));
      requireNoAlias();
    } while (reader.takeIf(","));
    return List.copyOf(columns);
  }

  private DocumentPath resolved(Syntax.Path path) {
    var steps = new ArrayList<DocumentPath.Step>();
    for (Syntax.Step step : path.steps()) {
      steps.add(
          switch (step) {
            case Syntax.Step.Name name -> new DocumentPath.Name(reader.nameOf(name));
            case Syntax.Step.Index index ->
                new DocumentPath.Index(Integer.parseInt(index.digits()));
          });
    }
    return new DocumentPath(steps);
  }

  private List<Statement.Order> order() {
    var order = new ArrayList<Statement.Order>();
    if (reader.takeWord("ORDER")) {
      reader.expectWord("BY");
      do {
        DocumentPath path = resolved(reader.path());
        if (path.isNested()) {
          throw PartiqlFaults.bare(
              "Variable reference " + path + " in ORDER BY clause must be part of the primary key");
        }
        boolean descending = reader.takeWord("DESC");
        if (!descending) {
          reader.takeWord("ASC");
        }
        order.add(new Statement.Order(path.attribute(), descending));
      } while (reader.takeIf(","));
    }
    return List.copyOf(order);
  }

  private Statement insert() {
    reader.expectWord("INTO");
    Target target = modified();
    if (!reader.takeWord("VALUE")) {
      throw PartiqlFaults.malformed("Unexpected token after expression");
    }
    if (!reader.takeIf("{")) {
      throw PartiqlFaults.unexpected(reader.peek());
    }
    var attributes = new LiteralParser(reader).attributes();
    reader.finish();
    requireTable(target);
    return new Statement.Insert(target.table(), new Item(attributes));
  }

  private Statement update() {
    Target target = modified();
    requireNoAlias();
    var actions = new SetParser(reader).actions();
    Syntax.Condition where = where();
    return update(target, actions, where);
  }

  private Statement updateFromFirst() {
    if (!reader.peek().isName()) {
      throw PartiqlFaults.unexpected(reader.peek());
    }
    Target target = target();
    Syntax.Condition where = where();
    return update(target, new SetParser(reader).actions(), where);
  }

  private Statement update(
      Target target, List<UpdateSyntax.Action> actions, Syntax.@Nullable Condition where) {
    Optional<Returning> returning = returning();
    reader.finish();
    requireTable(target);
    return new Statement.Update(
        target.table(),
        UpdateExpression.of(
            ExpressionKind.PARTIQL, new UpdateSyntax(List.of(), actions), reader.scope()),
        built(where),
        returning);
  }

  private Statement delete() {
    reader.expectWord("FROM");
    Target target = modified();
    requireNoAlias();
    Syntax.Condition where = where();
    Optional<Returning> returning = returning();
    reader.finish();
    requireTable(target);
    Optional<Where> built = built(where);
    if (returning.isPresent() && returning.get() != Returning.ALL_OLD) {
      throw PartiqlFaults.bare(
          "Invalid returning clause: RETURNING "
              + returning.get().text()
              + " *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
    }
    return new Statement.Delete(target.table(), built, returning);
  }

  private Optional<Returning> returning() {
    if (!reader.takeWord("RETURNING")) {
      return Optional.empty();
    }
    PartiqlToken extent = reader.take();
    PartiqlToken age = reader.take();
    boolean valid =
        (extent.isWord("ALL") || extent.isWord("MODIFIED"))
            && (age.isWord("OLD") || age.isWord("NEW"));
    if (!valid || !reader.takeIf("*")) {
      throw PartiqlFaults.malformed("Expected returning mapping");
    }
    return Optional.of(
        Returning.valueOf((extent.text() + "_" + age.text()).toUpperCase(Locale.ROOT)));
  }

  private Syntax.@Nullable Condition where() {
    return reader.takeWord("WHERE") ? new WhereParser(reader).condition() : null;
  }

  private Optional<Where> built(Syntax.@Nullable Condition where) {
    return where == null ? Optional.empty() : Optional.of(Where.of(where, reader));
  }

  /** The table of INSERT, UPDATE and DELETE. */
  private Target modified() {
    if (!reader.peek().isName()) {
      throw PartiqlFaults.malformed("Expected identifier for simple path");
    }
    return named();
  }

  private Target target() {
    Target target = named();
    requireNoAlias();
    return target;
  }

  private Target named() {
    String table = component();
    Optional<String> index = Optional.empty();
    if (reader.takeIf(".")) {
      if (!reader.peek().isName()) {
        throw PartiqlFaults.malformed("Invalid path dot component");
      }
      index = Optional.of(component());
    }
    if (reader.peek().is(".")) {
      throw PartiqlFaults.bare("A path may contain at most 2 components in the FROM clause");
    }
    return new Target(table, index);
  }

  private String component() {
    String name = reader.take().text();
    if (name.isEmpty()) {
      throw PartiqlFaults.bare("Path component cannot be an empty string");
    }
    return name;
  }

  private void requireNoAlias() {
    if (reader.peek().isName() || reader.peek().isWord("AS")) {
      throw PartiqlFaults.bare("Aliasing is not supported");
    }
  }

  private static void requireTable(Target target) {
    if (target.index().isPresent()) {
      throw PartiqlFaults.bare("This operation is not supported on an index");
    }
  }
}
