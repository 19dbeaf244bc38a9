// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.partiql.Statement;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one BatchExecuteStatement: all reads or all writes, each on another item, each
 * with its own result or error. Used once, by one thread.
 */
final class StatementBatch {
  private static final String VALIDATION = "ValidationError";

  /** Makes the write of a statement. */
  interface Writer {
    /**
     * Gives what the statement returns, null for nothing.
     *
     * @throws AwsException for a failed condition or a missing table
     * @throws ValidationFault for a statement that does not fit its table
     */
    @Nullable Item write(Statement statement, boolean showsItem);
  }

  /**
   * One statement.
   *
   * @param statement null when it cannot be read
   * @param fault why it cannot be read; null when it can
   */
  private record Member(
      JsonNode request, @Nullable Statement statement, @Nullable ValidationFault fault) {}

  private final TableStore tables;
  private final List<Member> members = new ArrayList<>();

  /**
   * Reads the statements.
   *
   * @throws ValidationFault for reads beside writes, and for two statements on one item
   */
  StatementBatch(TableStore tables, JsonNode statements) {
    this.tables = tables;
    for (JsonNode request : statements) {
      members.add(member(request));
    }
    requireOneKind();
    requireDistinctItems();
  }

  private static Member member(JsonNode request) {
    try {
      return new Member(
          request,
          StatementOperations.statement(request, StatementOperations.parameters(request)),
          null);
    } catch (ValidationFault fault) {
      return new Member(request, null, fault);
    }
  }

  private List<Statement> readable() {
    var statements = new ArrayList<Statement>();
    for (Member member : members) {
      Statement statement = member.statement();
      if (statement != null) {
        statements.add(statement);
      }
    }
    return statements;
  }

  private void requireOneKind() {
    long reads = readable().stream().filter(Statement::isRead).count();
    if (reads > 0 && reads < readable().size()) {
      throw ValidationFault.bare(
          "Read and write requests together in the same batch is not supported.");
    }
  }

  private void requireDistinctItems() {
    var seen = new HashSet<Map.Entry<String, Item>>();
    for (Statement statement : readable()) {
      Table table = tables.find(statement.table());
      Item key = table == null ? null : target(statement, table);
      if (table != null && key != null && !seen.add(Map.entry(table.arn(), key))) {
        throw ValidationFault.bare("Provided list of item keys contains duplicates");
      }
    }
  }

  private static @Nullable Item target(Statement statement, Table table) {
    try {
      return statement instanceof Statement.Select select
          ? StatementWrites.singleItem(table, select)
          : StatementWrites.of(statement, table, false).key(table);
    } catch (ValidationFault unfit) {
      // The statement itself will report it.
      return null;
    }
  }

  /** Carries all out. */
  ArrayNode responses(Writer writer, CapacityReport capacity) {
    ArrayNode responses = Json.MAPPER.createArrayNode();
    for (Member member : members) {
      responses.add(response(member, writer, capacity));
    }
    return responses;
  }

  private ObjectNode response(Member member, Writer writer, CapacityReport capacity) {
    Statement statement = member.statement();
    ObjectNode response = Json.object();
    if (statement == null) {
      ValidationFault fault = member.fault();
      error(response, VALIDATION, fault == null ? "" : fault.text());
      return response;
    }
    try {
      Item shown =
          statement instanceof Statement.Select select
              ? read(select, member.request(), capacity)
              : writer.write(statement, StatementOperations.showsItem(member.request()));
      response.put("TableName", statement.table());
      if (shown != null) {
        response.set("Item", ValueWriter.writeItem(shown));
      }
    } catch (ValidationFault fault) {
      error(response, VALIDATION, fault.text());
    } catch (AwsException failure) {
      response.put("TableName", statement.table());
      ObjectNode error = error(response, code(failure), failure.text());
      if (failure.members().get("Item") instanceof JsonNode item) {
        error.set("Item", item);
      }
    }
    return response;
  }

  private static ObjectNode error(ObjectNode response, String code, String message) {
    return response.putObject("Error").put("Code", code).put("Message", message);
  }

  /** The codes of members are shorter than those of operations. */
  private static String code(AwsException failure) {
    return failure.code().equals("ValidationException")
        ? VALIDATION
        : failure.code().replaceFirst("Exception$", "");
  }

  private @Nullable Item read(Statement.Select select, JsonNode request, CapacityReport capacity) {
    Table table = tables.require(select.table());
    Item key = StatementWrites.singleItem(table, select);
    if (key == null) {
      throw ValidationFault.bare(
          "Select statements within BatchExecuteStatement must specify the primary key in the"
              + " where clause.");
    }
    table.data().keys().requireKey(key);
    Item item = table.data().get(key);
    capacity.of(select.table()).addGet(item, request.path("ConsistentRead").asBoolean(false));
    return item == null || select.projection().isEmpty()
        ? item
        : select.projection().get().apply(item);
  }
}
