// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.data.Keys;
import dev.syncline.sim.services.dynamodb.data.TableData;
import dev.syncline.sim.services.dynamodb.partiql.Statement;
import dev.syncline.sim.services.dynamodb.partiql.Where;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The statements of one ExecuteTransaction: all reads or all writes, each on another item. Used
 * once, by one thread.
 */
final class StatementTransaction {
  private final TableStore tables;
  private final JsonNode requests;
  private final List<Statement> statements = new ArrayList<>();

  /**
   * Reads the statements.
   *
   * @throws ValidationFault naming the place of the first statement that is wrong
   * @throws AwsException {@code TransactionCanceledException} for tables that do not exist
   */
  StatementTransaction(TableStore tables, JsonNode requests) {
    this.tables = tables;
    this.requests = requests;
    for (JsonNode request : requests) {
      List<AttributeValue> parameters = StatementOperations.parameters(request);
      Statement statement =
          placed(statements.size(), () -> StatementOperations.statement(request, parameters));
      statements.add(statement);
    }
    var reasons = new CancellationReasons(statements.size());
    for (int i = 0; i < statements.size(); i++) {
      if (tables.find(statements.get(i).table()) == null) {
        reasons.tableNotFound(i);
      } else {
        requireAllowed(i, statements.get(i));
      }
    }
    long reads = statements.stream().filter(Statement::isRead).count();
    if (reads > 0 && reads < statements.size()) {
      throw ValidationFault.bare(
          "ExecuteTransaction API does not support both read and write operations in the same"
              + " request.");
    }
    reasons.throwIfAny();
  }

  private static <T> T placed(int place, Supplier<T> work) {
    try {
      return work.get();
    } catch (ValidationFault fault) {
      throw refused(place, fault.text());
    }
  }

  private static ValidationFault refused(int place, String sentence) {
    return ValidationFault.bare(
        "Validation failed in TransactStatements[" + place + "]: " + sentence);
  }

  private static void requireAllowed(int place, Statement statement) {
    boolean returning =
        switch (statement) {
          case Statement.Update update -> update.returning().isPresent();
          case Statement.Delete delete -> delete.returning().isPresent();
          case Statement.Select select -> false;
          case Statement.Insert insert -> false;
          case Statement.Exists exists -> false;
        };
    if (returning) {
      throw refused(place, "RETURNING clause is not supported in ExecuteTransaction.");
    }
    if (statement instanceof Statement.Select select && select.index().isPresent()) {
      throw refused(place, "Reads on indices are not supported within transactions.");
    }
  }

  boolean isRead() {
    return statements.getFirst().isRead();
  }

  /**
   * The writes of the statements.
   *
   * @throws AwsException {@code TransactionCanceledException} for statements that do not name one
   *     item
   */
  List<ItemWrite> writes() {
    var writes = new ArrayList<ItemWrite>();
    var reasons = new CancellationReasons(statements.size());
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      Table table = tables.require(statement.table());
      boolean showsItem = StatementOperations.showsItem(requests.get(i));
      if (statement instanceof Statement.Exists exists) {
        requireFurtherCondition(i, exists.select(), table);
      }
      try {
        ItemWrite write = StatementWrites.of(statement, table, showsItem);
        write.key(table);
        writes.add(write);
      } catch (ValidationFault fault) {
        Transaction.throwIfEmptyKey(fault);
        boolean keyless = fault.text().equals(StatementWrites.NO_KEY);
        reasons.invalidStatement(i, keyless ? Keys.NO_MATCH : fault.text());
      }
    }
    reasons.throwIfAny();
    return writes;
  }

  private static void requireFurtherCondition(int place, Statement.Select select, Table table) {
    Optional<Where> where = select.where();
    boolean furtherCondition =
        select.index().isEmpty()
            && where.isPresent()
            && StatementWrites.findKey(table, where.get()) != null
            && StatementWrites.singleItem(table, select) == null;
    if (!furtherCondition) {
      throw refused(place, "EXISTS() must contain a single item read with additional condition");
    }
  }

  /** One item to read. */
  private record Read(Statement.Select select, Table table, Item key) {}

  /**
   * Reads the items at one moment.
   *
   * @throws ValidationFault for a statement that does not name one item, and for an item that two
   *     name
   * @throws AwsException {@code TransactionCanceledException} for keys that do not fit
   */
  ObjectNode read(CapacityReport capacity) {
    List<Read> reads = reads();
    ObjectNode answer = Json.object();
    ArrayNode responses = answer.putArray("Responses");
    List<Item> items =
        TableData.locked(
            reads.stream().map(read -> read.table().data()).distinct().toList(),
            () -> {
              var found = new ArrayList<Item>();
              for (Read read : reads) {
                Item item = read.table().data().get(read.key());
                found.add(item == null ? Item.EMPTY : item);
              }
              return found;
            });
    for (int i = 0; i < items.size(); i++) {
      Statement.Select select = reads.get(i).select();
      Item item = items.get(i);
      capacity.of(select.table()).addTransactionGet(item.isEmpty() ? null : item);
      Item shown = select.shown(item);
      ObjectNode response = responses.addObject();
      if (!shown.isEmpty()) {
        response.set("Item", ValueWriter.writeItem(shown));
      }
    }
    capacity.writeAll(answer);
    return answer;
  }

  private List<Read> reads() {
    var reads = new ArrayList<Read>();
    var seen = new HashSet<Map.Entry<String, Item>>();
    var reasons = new CancellationReasons(statements.size());
    boolean twice = false;
    for (int i = 0; i < statements.size(); i++) {
      Statement.Select select = (Statement.Select) statements.get(i);
      Table table = tables.require(select.table());
      Item key = StatementWrites.singleItem(table, select);
      if (key == null) {
        throw refused(
            i,
            "Select statements within ExecuteTransaction must specify the primary key in the where"
                + " clause.");
      }
      try {
        table.data().keys().requireKey(key);
      } catch (ValidationFault fault) {
        Transaction.throwIfEmptyKey(fault);
        reasons.invalidStatement(i, fault.text());
      }
      twice |= !seen.add(Map.entry(table.arn(), key));
      reads.add(new Read(select, table, key));
    }
    reasons.throwIfAny();
    if (twice) {
      throw ValidationFault.bare(Transaction.TWICE);
    }
    return reads;
  }
}
