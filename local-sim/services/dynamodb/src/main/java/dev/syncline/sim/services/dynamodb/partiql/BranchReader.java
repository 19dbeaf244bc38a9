// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.Comparator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the alternatives of a WHERE clause. Immutable: the reader is read to its end. */
final class BranchReader {
  /** Clauses with more alternatives are not taken apart. */
  private static final int MAX_BRANCHES = 256;

  private final Syntax.Condition syntax;
  private final StatementReader reader;

  BranchReader(Syntax.Condition syntax, StatementReader reader) {
    this.syntax = syntax;
    this.reader = reader;
  }

  /**
   * The alternatives. An OR without any of the attributes is not taken apart.
   *
   * @return one for a clause without alternatives, none for one with too many
   */
  List<Where.Branch> branches(Set<String> attributes) {
    List<List<Syntax.Condition>> alternatives = alternatives(syntax, attributes);
    return alternatives.size() > MAX_BRANCHES
        ? List.of()
        : alternatives.stream().map(this::branch).toList();
  }

  private List<List<Syntax.Condition>> alternatives(
      Syntax.Condition condition, Set<String> attributes) {
    var alternatives = new ArrayList<List<Syntax.Condition>>();
    if (condition instanceof Syntax.Or or && mentions(or, attributes)) {
      for (Syntax.Condition part : or.parts()) {
        alternatives.addAll(alternatives(part, attributes));
      }
      return List.copyOf(alternatives);
    }
    if (!(condition instanceof Syntax.And and)) {
      return List.of(List.of(condition));
    }
    alternatives.add(List.of());
    for (Syntax.Condition part : and.parts()) {
      List<List<Syntax.Condition>> next = alternatives(part, attributes);
      var product = new ArrayList<List<Syntax.Condition>>();
      for (List<Syntax.Condition> before : alternatives) {
        for (List<Syntax.Condition> after : next) {
          if (product.size() <= MAX_BRANCHES) {
            var joined = new ArrayList<>(before);
            joined.addAll(after);
            product.add(joined);
          }
        }
      }
      alternatives.clear();
      alternatives.addAll(product);
    }
    return List.copyOf(alternatives);
  }

  private Where.Branch branch(List<Syntax.Condition> conditions) {
    var terms = new ArrayList<Part>();
    var choices = new ArrayList<Part>();
    var negated = new HashSet<String>();
    for (Syntax.Condition condition : conditions) {
      Where.term(condition, reader).ifPresent(terms::add);
      if (condition instanceof Syntax.In in) {
        Where.choice(in, reader).ifPresent(choices::add);
      }
      if (condition instanceof Syntax.Not
          || (condition instanceof Syntax.Comparison comparison
              && comparison.operator() == Comparator.NE)) {
        collect(condition, negated);
      }
    }
    return new Where.Branch(terms, choices, negated);
  }

  private boolean mentions(Syntax.Condition condition, Set<String> attributes) {
    var found = new HashSet<String>();
    collect(condition, found);
    return attributes.stream().anyMatch(found::contains);
  }

  /** Adds the attributes that a condition names. */
  private void collect(Syntax.Condition condition, Set<String> found) {
    switch (condition) {
      case Syntax.Comparison comparison -> {
        collect(comparison.left(), found);
        collect(comparison.right(), found);
      }
      case Syntax.Between between -> collect(between.operand(), found);
      case Syntax.In in -> collect(in.operand(), found);
      case Syntax.Call call -> call.arguments().forEach(argument -> collect(argument, found));
      case Syntax.Not not -> collect(not.part(), found);
      case Syntax.And and -> and.parts().forEach(part -> collect(part, found));
      case Syntax.Or or -> or.parts().forEach(part -> collect(part, found));
    }
  }

  private void collect(Syntax.Operand operand, Set<String> found) {
    if (operand instanceof Syntax.Path path
        && path.steps().getFirst() instanceof Syntax.Step.Name name) {
      found.add(reader.nameOf(name));
    } else if (operand instanceof Syntax.Call call) {
      call.arguments().forEach(argument -> collect(argument, found));
    }
  }
}
