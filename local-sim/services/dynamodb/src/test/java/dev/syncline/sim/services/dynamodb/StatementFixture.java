// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two tables with items, and calls of the statement operations. */
abstract class StatementFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  final DynamoDbCalls calls = new DynamoDbCalls();

  @BeforeEach
  void makeTables() {
    calls.call(
        "CreateTable",
        "{'TableName':'hash','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}]}");
    calls.call(
        "CreateTable",
        "{'TableName':'range','BillingMode':'PAY_PER_REQUEST',"
            + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
            + "{'AttributeName':'sk','AttributeType':'N'},{'AttributeName':'g','AttributeType':'S'}],"
            + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},"
            + "{'AttributeName':'sk','KeyType':'RANGE'}],"
            + "'GlobalSecondaryIndexes':[{'IndexName':'gsi',"
            + "'KeySchema':[{'AttributeName':'g','KeyType':'HASH'}],"
            + "'Projection':{'ProjectionType':'KEYS_ONLY'}}]}");
    for (int at = 1; at <= 5; at++) {
      run(
          "INSERT INTO \"range\" VALUE {'pk': 'a', 'sk': %d, 'g': 'g%d', 'n': %d}"
              .formatted(at, at % 2, at));
    }
    run("INSERT INTO \"hash\" VALUE {'pk': 'x', 'n': 1, 'm': {'a': 1, 'b': 2}}");
  }

  @AfterEach
  void close() {
    calls.close();
  }

  static ObjectNode request(String statement, String... parameters) {
    ObjectNode request = JSON.createObjectNode().put("Statement", statement);
    if (parameters.length > 0) {
      ArrayNode list = request.putArray("Parameters");
      for (String parameter : parameters) {
        list.add(DynamoDbCalls.json(parameter));
      }
    }
    return request;
  }

  JsonNode run(String statement, String... parameters) {
    return calls.call("ExecuteStatement", request(statement, parameters));
  }

  String errorOf(String operation, ObjectNode request) {
    AwsException error =
        catchThrowableOfType(AwsException.class, () -> calls.call(operation, request));
    return error == null ? "no error" : error.code() + ": " + error.text();
  }

  String errorOf(String statement) {
    return errorOf("ExecuteStatement", request(statement));
  }

  JsonNode stored(String key) {
    return calls
        .call("GetItem", "{'TableName':'hash','Key':{'pk':{'S':'" + key + "'}}}")
        .path("Item");
  }

  static ObjectNode several(String member, ObjectNode... statements) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode list = request.putArray(member);
    for (ObjectNode statement : statements) {
      list.add(statement);
    }
    return request;
  }
}
