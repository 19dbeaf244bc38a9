// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.dynamodb.data.IndexSchema;
import dev.syncline.sim.services.dynamodb.data.KeyAttribute;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One element of {@code GlobalSecondaryIndexUpdates}.
 *
 * @param index the index's name
 * @param action the members of the kind
 * @param definitions the request's attribute definitions
 */
record IndexUpdate(Kind kind, String index, Input action, Map<String, AttributeType> definitions) {
  private static final long MAX_INDEX_UNITS = 1_000_000_000_000L;
  private static final String UNITS = "ProvisionedThroughput";

  /** The kinds, by the member that has them. */
  enum Kind {
    UPDATE("Update"),
    CREATE("Create"),
    DELETE("Delete");

    private final String member;

    Kind(String member) {
      this.member = member;
    }
  }

  /** The updates of a request, checked as far as that needs no table. */
  static List<IndexUpdate> read(Input input) {
    Map<String, AttributeType> definitions = TableRules.definitions(input);
    var names = new HashSet<String>();
    var all = new ArrayList<IndexUpdate>();
    for (Input element : input.structures("GlobalSecondaryIndexUpdates")) {
      IndexUpdate update = element(element, definitions);
      if (!names.add(update.index)) {
        throw DynamoDbErrors.invalidParameter(
            "Only one global secondary index update per index is allowed simultaneously. Index: "
                + update.index);
      }
      all.add(update);
    }
    return all;
  }

  private static IndexUpdate element(Input element, Map<String, AttributeType> definitions) {
    for (Kind kind : Kind.values()) {
      if (element.has(kind.member)) {
        Input action = element.structure(kind.member).orElseThrow();
        return new IndexUpdate(kind, action.requiredText("IndexName"), action, definitions);
      }
    }
    throw DynamoDbErrors.invalidParameter(
        "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
            + " GlobalSecondaryIndexUpdate.Delete must not be null");
  }

  /** Whether it gives the index provisioned units. */
  boolean hasUnits() {
    return kind == Kind.UPDATE && action.has(UNITS);
  }

  /** Refuses more changes than one online index at a time. */
  static void requireOne(List<IndexUpdate> updates) {
    if (updates.stream().filter(update -> update.kind != Kind.UPDATE).count() > 1) {
      throw DynamoDbErrors.oneIndexAtATime();
    }
  }

  /** The description with the index changed. */
  TableDescription describe(TableDescription table) {
    return switch (kind) {
      case CREATE -> created(table);
      case DELETE -> {
        requireGlobal(table);
        yield table.withIndex(index, one -> one.withStatus(TableDescription.DELETING, false));
      }
      case UPDATE -> updated(table);
    };
  }

  private TableIndex requireGlobal(TableDescription table) {
    TableIndex found = table.index(index).orElseThrow(() -> DynamoDbErrors.indexNotFound(index));
    if (!found.schema().global()) {
      throw DynamoDbErrors.invalidParameter(
          "Cannot change a local secondary index after its table has been created. Index: "
              + index);
    }
    return found;
  }

  private TableDescription updated(TableDescription table) {
    boolean onDemand = table.billing().onDemand();
    if (action.has(UNITS)) {
      Input units = action.structure(UNITS).orElseThrow();
      if (units.longInteger("ReadCapacityUnits").orElse(0) > MAX_INDEX_UNITS
          || units.longInteger("WriteCapacityUnits").orElse(0) > MAX_INDEX_UNITS) {
        throw DynamoDbErrors.validation(
            "This operation cannot be performed with given input values. Please contact DynamoDB"
                + " service team for more info: Action Blocked: IndexUpdate");
      }
    }
    Throughput before = requireGlobal(table).throughput();
    Throughput asked = before;
    if (action.has(UNITS)) {
      Throughput units = ThroughputRules.index(action, onDemand);
      ThroughputUpdate.requireDifferent(before, units);
      asked = units;
    }
    Throughput after = ThroughputRules.more(action, asked, onDemand);
    return table.withIndex(
        index, one -> one.withThroughput(after).withStatus(TableDescription.UPDATING, false));
  }

  private TableDescription created(TableDescription table) {
    if (table.index(index).isPresent()) {
      throw DynamoDbErrors.invalidParameter("Duplicate index name: " + index);
    }
    IndexSchema schema = TableRules.global(action, definitions);
    Throughput throughput = ThroughputRules.index(action, table.billing().onDemand());
    var attributes = new LinkedHashMap<>(table.attributes());
    for (KeyAttribute attribute : schema.key().all()) {
      AttributeType before = attributes.putIfAbsent(attribute.name(), attribute.type());
      if (before != null && before != attribute.type()) {
        throw DynamoDbErrors.invalidParameter(
            "Attributes cannot be redefined. Please check that your attribute has the same type as"
                + " previously defined. Existing schema: "
                + schemaText(table.key())
                + " New schema: "
                + schemaText(schema.key()));
      }
    }
    var indexes = new ArrayList<>(table.indexes());
    indexes.add(new TableIndex(schema, throughput, TableDescription.CREATING, true));
    TableRules.requireCount((int) indexes.stream().filter(one -> one.schema().global()).count());
    return table.withIndexes(attributes, indexes);
  }

  /** A key as AWS prints it here, for example {@code Schema:[SchemaElement: key{a:S:HASH}]}. */
  private static String schemaText(KeySchema key) {
    var elements = new StringJoiner(", ", "Schema:[", "]");
    key.hash().forEach(attribute -> elements.add(elementText(attribute, "HASH")));
    key.range().forEach(attribute -> elements.add(elementText(attribute, "RANGE")));
    return elements.toString();
  }

  private static String elementText(KeyAttribute attribute, String role) {
    return "SchemaElement: key{" + attribute.name() + ":" + attribute.type() + ":" + role + "}";
  }

  /** Changes the rows as {@link #describe} has changed the description. */
  void apply(Table table) {
    switch (kind) {
      case CREATE ->
          table.index(index).ifPresent(created -> table.data().addIndex(created.schema()));
      case DELETE -> table.data().removeIndex(index);
      case UPDATE -> {}
    }
  }
}
