// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.Comparator;
import dev.syncline.sim.services.dynamodb.expressions.Condition;
import dev.syncline.sim.services.dynamodb.expressions.Conditions;
import dev.syncline.sim.services.dynamodb.expressions.ExpressionKind;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A WHERE clause. Immutable. */
public final class Where {
  private final Condition condition;
  private final List<Part> terms;
  private final boolean onlyTerms;
  private final BranchReader branches;

  private Where(Condition condition, List<Part> terms, boolean onlyTerms, BranchReader branches) {
    this.condition = condition;
    this.terms = List.copyOf(terms);
    this.onlyTerms = onlyTerms;
    this.branches = branches;
  }

  /**
   * One alternative of a clause.
   *
   * @param terms as those of the clause
   * @param choices the conditions with IN, each with all its values
   * @param negated the attributes in conditions with NOT or {@code <>}
   */
  public record Branch(List<Part> terms, List<Part> choices, Set<String> negated) {
    /** Copies the collections. */
    public Branch {
      terms = List.copyOf(terms);
      choices = List.copyOf(choices);
      negated = Set.copyOf(negated);
    }

    /** The terms on an attribute. */
    public List<Part> terms(String attribute) {
      return terms.stream().filter(part -> part.attribute().equals(attribute)).toList();
    }

    /** The values that an attribute may have; empty for any. */
    public Set<AttributeValue> values(String attribute) {
      var values = new LinkedHashSet<AttributeValue>();
      terms(attribute).stream()
          .filter(part -> part.operator() == Operator.EQ)
          .forEach(part -> values.addAll(part.operands()));
      choices.stream()
          .filter(part -> part.attribute().equals(attribute))
          .forEach(part -> values.addAll(part.operands()));
      return values;
    }
  }

  /**
   * Checks and resolves a clause.
   *
   * @throws ValidationFault in AWS's words
   */
  static Where of(Syntax.Condition syntax, StatementReader reader) {
    Condition condition = Conditions.of(ExpressionKind.PARTIQL, syntax, reader.scope());
    var parts = new ArrayList<Syntax.Condition>();
    flatten(syntax, parts);
    var terms = new ArrayList<Part>();
    for (Syntax.Condition part : parts) {
      term(part, reader).ifPresent(terms::add);
    }
    return new Where(
        condition, terms, terms.size() == parts.size(), new BranchReader(syntax, reader));
  }

  private static void flatten(Syntax.Condition syntax, List<Syntax.Condition> parts) {
    if (syntax instanceof Syntax.And and) {
      for (Syntax.Condition part : and.parts()) {
        flatten(part, parts);
      }
    } else {
      parts.add(syntax);
    }
  }

  static Optional<Part> term(Syntax.Condition part, StatementReader reader) {
    return switch (part) {
      case Syntax.Comparison comparison
          when comparison.left() instanceof Syntax.Path && comparison.operator() != Comparator.NE ->
          term(
              comparison.left(),
              Operator.valueOf(comparison.operator().name()),
              List.of(comparison.right()),
              reader);
      case Syntax.Comparison comparison when comparison.operator() != Comparator.NE ->
          term(
              comparison.right(),
              Operator.valueOf(comparison.operator().mirrored().name()),
              List.of(comparison.left()),
              reader);
      case Syntax.Between between ->
          term(
              between.operand(),
              Operator.BETWEEN,
              List.of(between.lower(), between.upper()),
              reader);
      case Syntax.Call call when call.function().equals("begins_with") ->
          term(
              call.arguments().getFirst(),
              Operator.BEGINS_WITH,
              List.of(call.arguments().getLast()),
              reader);
      default -> Optional.empty();
    };
  }

  static Optional<Part> choice(Syntax.In in, StatementReader reader) {
    return term(in.operand(), Operator.EQ, in.candidates(), reader);
  }

  private static Optional<Part> term(
      Syntax.Operand attribute,
      Operator operator,
      List<Syntax.Operand> operands,
      StatementReader reader) {
    if (!(attribute instanceof Syntax.Path path
        && path.steps().size() == 1
        && path.steps().getFirst() instanceof Syntax.Step.Name name)) {
      return Optional.empty();
    }
    var values = new ArrayList<AttributeValue>();
    for (Syntax.Operand operand : operands) {
      if (!(operand instanceof Syntax.Value value)) {
        return Optional.empty();
      }
      values.add(reader.valueOf(value));
    }
    return Optional.of(new Part(reader.nameOf(name), operator, values));
  }

  /** All of it. */
  public Condition condition() {
    return condition;
  }

  /** Those of its parts, joined by AND, that compare an attribute with values. */
  public List<Part> terms() {
    return terms;
  }

  /** Whether there are no other parts. */
  public boolean onlyTerms() {
    return onlyTerms;
  }

  /**
   * The alternatives that OR joins, at any depth. An OR without any of the attributes counts as a
   * filter.
   *
   * @return one for a clause without alternatives, none for one with too many
   */
  public List<Branch> branches(Set<String> attributes) {
    return branches.branches(attributes);
  }

  /** The value that an attribute must be equal to, if the clause says so. */
  public Optional<AttributeValue> equality(String attribute) {
    return equalities(attribute).stream().findFirst();
  }

  /** The different values that the clause says an attribute must be equal to. */
  public Set<AttributeValue> equalities(String attribute) {
    return terms.stream()
        .filter(term -> term.attribute().equals(attribute) && term.operator() == Operator.EQ)
        .map(term -> term.operands().getFirst())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
