// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.Comparator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the alternatives of a WHERE clause. */
final class BranchReader {
  private final StatementReader reader;
  private final List<Part> terms = new ArrayList<>();
  private final Set<String> negated = new HashSet<>();
  private boolean simple = true;

  private BranchReader(StatementReader reader) {
    this.reader = reader;
  }

  /** The alternatives; empty for a clause without, and for one that nests them. */
  static List<Where.Branch> branches(Syntax.Condition syntax, StatementReader reader) {
    if (!(syntax instanceof Syntax.Or or)) {
      return List.of();
    }
    var branches = new ArrayList<Where.Branch>();
    for (Syntax.Condition alternative : or.parts()) {
      var branch = new BranchReader(reader);
      branch.read(alternative);
      if (!branch.simple) {
        return List.of();
      }
      branches.add(new Where.Branch(branch.terms, branch.negated));
    }
    return List.copyOf(branches);
  }

  private void read(Syntax.Condition alternative) {
    var parts = new ArrayList<Syntax.Condition>();
    Where.flatten(alternative, parts);
    for (Syntax.Condition part : parts) {
      simple &= !(part instanceof Syntax.Or);
      Where.term(part, reader).ifPresent(terms::add);
      if (part instanceof Syntax.Not not) {
        negate(not.part());
      } else if (part instanceof Syntax.Comparison comparison
          && comparison.operator() == Comparator.NE) {
        negate(comparison);
      }
    }
  }

  private void negate(Syntax.Condition condition) {
    switch (condition) {
      case Syntax.Comparison comparison -> {
        negate(comparison.left());
        negate(comparison.right());
      }
      case Syntax.Between between -> negate(between.operand());
      case Syntax.In in -> negate(in.operand());
      case Syntax.Call call -> call.arguments().forEach(this::negate);
      case Syntax.Not not -> negate(not.part());
      case Syntax.And and -> and.parts().forEach(this::negate);
      case Syntax.Or or -> or.parts().forEach(this::negate);
    }
  }

  private void negate(Syntax.Operand operand) {
    if (operand instanceof Syntax.Path path
        && path.steps().getFirst() instanceof Syntax.Step.Name name) {
      negated.add(reader.nameOf(name));
    }
  }
}
