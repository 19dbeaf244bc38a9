// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.dynamodb.data.Change;
import dev.syncline.sim.services.dynamodb.data.QueryPage;
import dev.syncline.sim.services.dynamodb.partiql.Statement;
import dev.syncline.sim.services.dynamodb.partiql.Statement.Returning;
import dev.syncline.sim.services.dynamodb.streams.StreamSwitch;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations of PartiQL. Thread-safe. */
record StatementOperations(
    TableStore tables, StreamSwitch streams, Requests requests, TransactionTokens tokens) {
  List<Operation> operations() {
    return List.of(
        requests.operation(
            """
            ExecuteStatement: Statement, Parameters, ConsistentRead, NextToken,
              ReturnConsumedCapacity, Limit, ReturnValuesOnConditionCheckFailure
            """,
            this::execute),
        requests.operation(
            "BatchExecuteStatement: Statements, ReturnConsumedCapacity", this::batch),
        requests.operation(
            "ExecuteTransaction: TransactStatements, ClientRequestToken, ReturnConsumedCapacity",
            this::transact));
  }

  /** The values of the question marks, of one statement of a request. */
  static List<AttributeValue> parameters(JsonNode request) {
    var values = new ArrayList<AttributeValue>();
    for (JsonNode value : request.path("Parameters")) {
      values.add(ValueReader.read(value));
    }
    return values;
  }

  static Statement statement(JsonNode request, List<AttributeValue> parameters) {
    return Statement.parse(request.path("Statement").asText(), parameters);
  }

  static boolean showsItem(JsonNode request) {
    return request.path("ReturnValuesOnConditionCheckFailure").asText().equals("ALL_OLD");
  }

  private ObjectNode execute(ObjectNode request) {
    Statement statement = statement(request, parameters(request));
    CapacityReport capacity = CapacityReport.of(request);
    ObjectNode answer = Json.object();
    if (statement instanceof Statement.Select select) {
      select(request, select, capacity, answer);
    } else {
      if (request.hasNonNull("NextToken")) {
        throw ValidationFault.bare("NextToken is only valid on a SELECT statement");
      }
      Item shown = write(statement, showsItem(request), capacity);
      ArrayNode items = answer.putArray("Items");
      if (shown != null) {
        items.add(ValueWriter.writeItem(shown));
      }
    }
    capacity.writeOne(answer);
    return answer;
  }

  private void select(
      ObjectNode request, Statement.Select select, CapacityReport capacity, ObjectNode answer) {
    Item startKey = StatementTokens.startKey(request);
    Table table = tables.require(select.table());
    var reads = new StatementReads(table, select, request.path("ConsistentRead").asBoolean(false));
    int limit = request.path("Limit").asInt(Integer.MAX_VALUE);
    QueryPage page = reads.page(limit, startKey, capacity);
    ArrayNode items = answer.putArray("Items");
    for (Item item : page.items()) {
      items.add(ValueWriter.writeItem(reads.shown(item)));
    }
    Item lastKey = page.lastKey();
    if (lastKey != null) {
      answer.put("NextToken", StatementTokens.token(request, lastKey));
      answer.set("LastEvaluatedKey", ValueWriter.writeItem(lastKey));
    }
  }

  /** Makes the write of a statement; gives what it returns, null for nothing. */
  private @Nullable Item write(Statement statement, boolean showsItem, CapacityReport capacity) {
    if (statement instanceof Statement.Exists) {
      throw ValidationFault.bare("EXISTS is only supported within ExecuteTransaction");
    }
    Table table = tables.require(statement.table());
    ItemWrite write = StatementWrites.of(statement, table, showsItem);
    Item key = write.key(table);
    Change change = ItemOperations.execute(table, key, write);
    capacity.of(statement.table()).addWrite(change);
    return returned(statement, change);
  }

  private static @Nullable Item returned(Statement statement, Change change) {
    Optional<Returning> returning =
        switch (statement) {
          case Statement.Update update -> update.returning();
          case Statement.Delete delete -> delete.returning();
          case Statement.Insert insert -> Optional.empty();
          case Statement.Exists exists -> Optional.empty();
          case Statement.Select select -> Optional.empty();
        };
    if (returning.isEmpty()) {
      return null;
    }
    Returning asked = returning.get();
    boolean old = asked == Returning.ALL_OLD || asked == Returning.MODIFIED_OLD;
    Item item = old ? change.before() : change.after();
    boolean all = asked == Returning.ALL_OLD || asked == Returning.ALL_NEW;
    if (item == null || all || !(statement instanceof Statement.Update update)) {
      return item;
    }
    Item modified = update.update().updated(item);
    return modified.isEmpty() ? null : modified;
  }

  private ObjectNode batch(ObjectNode request) {
    CapacityReport capacity = CapacityReport.of(request);
    var batch = new StatementBatch(tables, request.path("Statements"));
    ObjectNode answer = Json.object();
    answer.set(
        "Responses",
        batch.responses((statement, showsItem) -> write(statement, showsItem, capacity), capacity));
    capacity.writeAll(answer);
    return answer;
  }

  private ObjectNode transact(ObjectNode request) {
    var transaction = new StatementTransaction(tables, request.path("TransactStatements"));
    CapacityReport capacity = CapacityReport.of(request);
    if (transaction.isRead()) {
      return transaction.read(capacity);
    }
    ObjectNode answer =
        tokens
            .once(
                "ExecuteTransaction",
                request.path("ClientRequestToken").asText(""),
                request,
                () -> new Transaction(tables, transaction.writes()).commit(streams))
            .answer(capacity);
    answer.putArray("Responses");
    return answer;
  }
}
