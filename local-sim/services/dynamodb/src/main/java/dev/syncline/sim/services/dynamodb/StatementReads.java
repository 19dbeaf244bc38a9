// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.data.IndexLayout;
import dev.syncline.sim.services.dynamodb.data.KeyAttribute;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.data.QueryPage;
import dev.syncline.sim.services.dynamodb.data.QueryRequest;
import dev.syncline.sim.services.dynamodb.data.ReadOptions;
import dev.syncline.sim.services.dynamodb.data.ReadOptions.Columns;
import dev.syncline.sim.services.dynamodb.data.ScanRequest;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import dev.syncline.sim.services.dynamodb.partiql.Statement;
import dev.syncline.sim.services.dynamodb.partiql.Where;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a PartiQL SELECT: as a query when WHERE gives every hash attribute a value, else
 * as a scan. All of WHERE is a filter. Used once.
 */
final class StatementReads {
  private final Table table;
  private final Statement.Select select;
  private final boolean consistent;
  private final @Nullable IndexLayout index;
  private final KeySchema key;

  /**
   * Finds the index.
   *
   * @throws ValidationFault if no index has the name, or it does not serve the statement
   */
  StatementReads(Table table, Statement.Select select, boolean consistent) {
    this.table = table;
    this.select = select;
    this.consistent = consistent;
    this.index = select.index().map(name -> index(table, name)).orElse(null);
    this.key = index == null ? table.data().key() : index.schema().key();
    if (index != null && index.schema().global() && consistent) {
      throw ValidationFault.bare(
          "Strongly consistent read is not supported on Global Secondary Indexes");
    }
  }

  /**
   * The index.
   *
   * @throws ValidationFault if no index has the name, or PartiQL cannot read it
   */
  static IndexLayout index(Table table, String name) {
    IndexLayout found =
        table.data().indexes().stream()
            .filter(index -> index.schema().name().equals(name))
            .findFirst()
            .orElseThrow(() -> ValidationFault.bare("The table does not have the specified index"));
    table.requireReadable(name);
    requireClassicKey(found.schema().key());
    return found;
  }

  private static void requireClassicKey(KeySchema key) {
    if (key.hash().size() > 1 || key.range().size() > 1) {
      throw ValidationFault.bare(
          "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or"
              + " multi-attribute RANGE keys.");
    }
  }

  /**
   * A page.
   *
   * @param limit the most rows that are evaluated
   * @param startKey where the last page ended; null for the first
   * @throws ValidationFault in AWS's words
   */
  QueryPage page(int limit, @Nullable Item startKey, CapacityReport report) {
    select.where().ifPresent(where -> StatementOverlaps.refuse(key, where));
    Optional<KeyCondition> condition = select.where().flatMap(this::keyCondition);
    requireOrder(condition.isPresent());
    condition.ifPresent(this::requireKeyTypes);
    if (condition.isPresent()) {
      requireProjectedFilter();
    }
    var options =
        new ReadOptions(
            select.index().orElse(null), consistent, limit, startKey, columns(), this::matches);
    if (condition.isPresent()) {
      QueryPage page = table.data().query(new QueryRequest(condition.get(), isForward(), options));
      report.of(select.table()).addQuery(page, consistent);
      return page;
    }
    QueryPage page = table.data().scan(new ScanRequest(options));
    report.of(select.table()).addScan(page, consistent, table.description().billing().onDemand());
    return page;
  }

  private boolean matches(Item item) {
    return select.where().map(where -> where.condition().test(item)).orElse(true);
  }

  private Columns columns() {
    return select.columns().isEmpty()
        ? Columns.PROJECTED
        : Columns.named(
            select.columns().stream()
                .map(column -> column.path().attribute())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** The equalities of all hash attributes, and what follows of the range attributes. */
  private Optional<KeyCondition> keyCondition(Where where) {
    var parts = new ArrayList<Part>();
    for (KeyAttribute attribute : key.hash()) {
      Optional<Part> equality =
          terms(where, attribute).stream()
              .filter(part -> part.operator() == Operator.EQ)
              .findFirst();
      if (equality.isEmpty()) {
        return Optional.empty();
      }
      parts.add(equality.get());
    }
    for (KeyAttribute attribute : key.range()) {
      List<Part> terms = terms(where, attribute);
      if (terms.isEmpty()) {
        break;
      }
      Part term = terms.getFirst();
      if (term.operator() != Operator.BEGINS_WITH || attribute.type() != AttributeType.N) {
        parts.add(term);
      }
      if (term.operator() != Operator.EQ) {
        break;
      }
    }
    return Optional.of(new KeyCondition(parts));
  }

  private static List<Part> terms(Where where, KeyAttribute attribute) {
    return where.terms().stream()
        .filter(part -> part.attribute().equals(attribute.name()))
        .toList();
  }

  private void requireKeyTypes(KeyCondition condition) {
    for (KeyAttribute attribute : key.all()) {
      boolean fits =
          condition
              .part(attribute.name())
              .map(part -> part.operands().stream().allMatch(v -> v.type() == attribute.type()))
              .orElse(true);
      if (!fits) {
        throw ValidationFault.bare(
            "Key attribute's data type should match its data type in table's schema: Key "
                + attribute.name());
      }
    }
  }

  private void requireOrder(boolean keyed) {
    if (select.order().isEmpty()) {
      return;
    }
    if (select.where().isEmpty()) {
      throw ValidationFault.bare(
          "Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    if (!keyed) {
      throw ValidationFault.bare(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    for (Statement.Order order : select.order()) {
      if (!key.has(order.attribute())) {
        throw ValidationFault.bare(
            "Variable reference "
                + order.attribute()
                + " in ORDER BY clause must be part of the primary key");
      }
    }
  }

  /** The rows of one hash value have only their range order. */
  private boolean isForward() {
    return select.order().stream()
        .filter(
            order ->
                key.range().stream()
                    .anyMatch(attribute -> attribute.name().equals(order.attribute())))
        .findFirst()
        .map(order -> !order.descending())
        .orElse(true);
  }

  private void requireProjectedFilter() {
    if (index == null || select.where().isEmpty()) {
      return;
    }
    List<String> missing =
        select.where().get().condition().topLevelAttributes().stream()
            .filter(name -> !index.projects(name))
            .toList();
    if (!missing.isEmpty()) {
      throw ValidationFault.bare(
          DynamoDbErrors.INVALID_PARAMETER
              + "Secondary index "
              + index.schema().name()
              + " does not project one or more filter attributes: "
              + missing);
    }
  }

  /** The item as the statement shows it. */
  Item shown(Item item) {
    return select.shown(item);
  }
}
