// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.ModelWrite.Kind;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The JSON of a {@link ModelWrite} on each path of the API. */
final class WriteRequests {
  static final String TABLE = "abc";

  private WriteRequests() {}

  /** An operation and its input. */
  record Request(String operation, ObjectNode input) {}

  static Request single(ModelWrite write) {
    ObjectNode input = action(write);
    input.put("ReturnValues", "ALL_OLD");
    return new Request(name(write) + "Item", input);
  }

  /** With the parameters from before expressions. */
  static Request legacy(ModelWrite write) {
    ObjectNode input = target(write).put("ReturnValues", "ALL_OLD");
    if (write.effect() instanceof ModelWrite.Change change) {
      ObjectNode updates = input.putObject("AttributeUpdates");
      change.actions().forEach((attribute, action) -> updates.set(attribute, legacyAction(action)));
    }
    if (write.condition().kind() == Kind.EQUAL) {
      input
          .putObject("Expected")
          .putObject("g")
          .put("ComparisonOperator", "EQ")
          .putArray("AttributeValueList")
          .add(RandomWrites.text(write.condition().value()));
    } else if (write.condition().kind() != Kind.ALWAYS) {
      boolean present = write.condition().kind() == Kind.PRESENT;
      input
          .putObject("Expected")
          .putObject("p")
          .put("ComparisonOperator", present ? "NOT_NULL" : "NULL");
    }
    return new Request(name(write) + "Item", input);
  }

  private static ObjectNode legacyAction(ModelWrite.Action action) {
    return switch (action) {
      case ModelWrite.SetTo to -> Json.object().put("Action", "PUT").set("Value", to.value());
      case ModelWrite.Remove remove -> Json.object().put("Action", "DELETE");
      case ModelWrite.Add add -> Json.object().put("Action", "ADD").set("Value", add.value());
      case ModelWrite.Take take -> Json.object().put("Action", "DELETE").set("Value", take.value());
    };
  }

  private static String name(ModelWrite write) {
    return switch (write.effect()) {
      case ModelWrite.Put put -> "Put";
      case ModelWrite.Delete delete -> "Delete";
      case ModelWrite.Change change -> "Update";
      case ModelWrite.Check check -> "ConditionCheck";
    };
  }

  private static ObjectNode target(ModelWrite write) {
    ObjectNode input = Json.object().put("TableName", TABLE);
    if (write.effect() instanceof ModelWrite.Put put) {
      input.set("Item", put.item());
    } else {
      input.set("Key", write.key());
    }
    return input;
  }

  /** The write as a single operation or an action of a transaction has it. */
  private static ObjectNode action(ModelWrite write) {
    ObjectNode input = target(write);
    ObjectNode values = Json.object();
    if (write.effect() instanceof ModelWrite.Change change) {
      input.put("UpdateExpression", updateExpression(change, values));
    }
    switch (write.condition().kind()) {
      case ALWAYS -> {}
      case PRESENT -> input.put("ConditionExpression", "attribute_exists(p)");
      case ABSENT -> input.put("ConditionExpression", "attribute_not_exists(p)");
      case EQUAL, EQUAL_OR_ABSENT -> {
        input.put("ConditionExpression", "g = :condition");
        values.set(":condition", RandomWrites.text(write.condition().value()));
      }
    }
    if (!values.isEmpty()) {
      input.set("ExpressionAttributeValues", values);
    }
    return input;
  }

  private static String updateExpression(ModelWrite.Change change, ObjectNode values) {
    Map<String, StringJoiner> clauses = new TreeMap<>();
    change
        .actions()
        .forEach(
            (attribute, action) -> {
              String placeholder = ":" + attribute;
              switch (action) {
                case ModelWrite.SetTo to -> {
                  clause(clauses, "SET").add(attribute + " = " + placeholder);
                  values.set(placeholder, to.value());
                }
                case ModelWrite.Remove remove -> clause(clauses, "REMOVE").add(attribute);
                case ModelWrite.Add add -> {
                  clause(clauses, "ADD").add(attribute + " " + placeholder);
                  values.set(placeholder, add.value());
                }
                case ModelWrite.Take take -> {
                  clause(clauses, "DELETE").add(attribute + " " + placeholder);
                  values.set(placeholder, take.value());
                }
              }
            });
    var all = new StringJoiner(" ");
    clauses.forEach((word, paths) -> all.add(word + " " + paths));
    return all.toString();
  }

  private static StringJoiner clause(Map<String, StringJoiner> clauses, String word) {
    return clauses.computeIfAbsent(word, none -> new StringJoiner(", "));
  }

  static Request batch(Iterable<ModelWrite> writes) {
    ObjectNode input = Json.object();
    ArrayNode requests = input.putObject("RequestItems").putArray(TABLE);
    for (ModelWrite write : writes) {
      if (write.effect() instanceof ModelWrite.Put put) {
        requests.addObject().putObject("PutRequest").set("Item", put.item());
      } else {
        requests.addObject().putObject("DeleteRequest").set("Key", write.key());
      }
    }
    return new Request("BatchWriteItem", input);
  }

  static Request transaction(Iterable<ModelWrite> writes, String token) {
    ObjectNode input = Json.object().put("ClientRequestToken", token);
    ArrayNode actions = input.putArray("TransactItems");
    for (ModelWrite write : writes) {
      actions.addObject().set(name(write), action(write));
    }
    return new Request("TransactWriteItems", input);
  }

  static Request statement(ModelWrite write) {
    return new Request("ExecuteStatement", statementJson(write));
  }

  static Request statements(Iterable<ModelWrite> writes) {
    return new Request("BatchExecuteStatement", statementList("Statements", writes));
  }

  static Request statementTransaction(Iterable<ModelWrite> writes, String token) {
    return new Request(
        "ExecuteTransaction",
        statementList("TransactStatements", writes).put("ClientRequestToken", token));
  }

  private static ObjectNode statementList(String member, Iterable<ModelWrite> writes) {
    ObjectNode input = Json.object();
    ArrayNode list = input.putArray(member);
    writes.forEach(write -> list.add(statementJson(write)));
    return input;
  }

  private static ObjectNode statementJson(ModelWrite write) {
    ObjectNode json = Json.object();
    ArrayNode parameters = json.putArray("Parameters");
    StringBuilder text = new StringBuilder();
    switch (write.effect()) {
      case ModelWrite.Put put -> {
        text.append("INSERT INTO ").append(TABLE).append(" VALUE {");
        var members = new StringJoiner(", ");
        put.item()
            .properties()
            .forEach(
                entry -> {
                  members.add("'" + entry.getKey() + "': ?");
                  parameters.add(entry.getValue());
                });
        text.append(members).append('}');
        return json.put("Statement", text.toString());
      }
      case ModelWrite.Change change -> {
        text.append("UPDATE ").append(TABLE);
        change
            .actions()
            .forEach(
                (attribute, action) -> {
                  if (action instanceof ModelWrite.SetTo to) {
                    text.append(" SET ").append(attribute).append(" = ?");
                    parameters.add(to.value());
                  } else {
                    text.append(" REMOVE ").append(attribute);
                  }
                });
      }
      case ModelWrite.Delete delete -> text.append("DELETE FROM ").append(TABLE);
      case ModelWrite.Check check -> throw new IllegalArgumentException("no statement");
    }
    text.append(" WHERE p = ? AND r = ?");
    addAll(parameters, write.key().get("p"), write.key().get("r"));
    if (write.condition().kind() != Kind.ALWAYS) {
      text.append(" AND g = ?");
      parameters.add(RandomWrites.text(write.condition().value()));
    }
    return json.put("Statement", text.toString());
  }

  private static void addAll(ArrayNode list, JsonNode... values) {
    for (JsonNode value : values) {
      list.add(value);
    }
  }
}
