// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query and Scan on five items: {@code s} from 1 to 5, {@code l} from 5 to 1. */
class QueryFaultsTest {
  private static final String BY_P = "'KeyConditionExpression':'p = :p'";
  private static final String P_IS_A = "'ExpressionAttributeValues':{':p':{'S':'a'}}";

  @AutoClose
  private final DynamoDbCalls calls =
      new DynamoDbCalls().withTable("hash").withIndexedTable("range");

  private void assertInvalid(String operation, String members, String message) {
    calls.assertInvalid(operation, "{'TableName':'range'," + members + "}", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          s = :p                  | Query condition missed key schema element: p
          p > :p                  | Query key condition not supported
          p = :p AND y = :p       | Query condition missed key schema element: s
          p = :p AND s = :p       | One or more parameter values were invalid: Condition parameter type does not match schema type
          p = :p AND p = :p       | Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key
          p = :p OR s = :p        | Invalid operator used in KeyConditionExpression: OR
          NOT p = :p              | Invalid operator used in KeyConditionExpression: NOT
          p <> :p                 | Invalid operator used in KeyConditionExpression: <>
          p IN (:p)               | Invalid operator used in KeyConditionExpression: IN
          p = s AND p = :p        | Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition
          :p = :p                 | Invalid condition in KeyConditionExpression: No key attribute specified
          """)
  void keyConditionsMustFitTheKeys(String condition, String message) {
    assertInvalid("Query", "'KeyConditionExpression':'" + condition + "'," + P_IS_A, message);
  }

  @Test
  void queriesNeedAKeyCondition() {
    assertInvalid(
        "Query",
        "'Limit':1",
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
            + " request.");
    assertInvalid("Query", "'KeyConditions':{}", "Conditions can be of length 1 or 2 only");
    calls.assertRefused(
        "Query",
        "{'TableName':'none'," + BY_P + "," + P_IS_A + "}",
        "ResourceNotFoundException",
        "Requested resource not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'FilterExpression':'s = :p' | Filter Expression can only contain non-primary key attributes: Primary key attribute: s
          'FilterExpression':'p = :p' | Filter Expression can only contain non-primary key attributes: Primary key attribute: p
          'FilterExpression':'l = :p','IndexName':'byL' | Filter Expression can only contain non-primary key attributes: Primary key attribute: l
          """)
  void queriesDoNotFilterOnTheirKeys(String members, String message) {
    assertInvalid("Query", BY_P + "," + P_IS_A + "," + members, message);
  }

  @Test
  void legacyQueriesDoNotFilterOnTheirKeys() {
    assertInvalid(
        "Query",
        "'KeyConditions':{'p':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},"
            + "'QueryFilter':{'s':{'ComparisonOperator':'NOT_NULL'}}",
        "QueryFilter can only contain non-primary key attributes: Primary key attribute: s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Select':'SPECIFIC_ATTRIBUTES' | Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES
          'Select':'ALL_PROJECTED_ATTRIBUTES' | ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName
          'Select':'COUNT','ProjectionExpression':'y' | Cannot specify the ProjectionExpression when choosing to get only the Count
          'Select':'ALL_ATTRIBUTES','ProjectionExpression':'y' | Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES
          'Select':'ALL_ATTRIBUTES','AttributesToGet':['y'] | Cannot specify the AttributesToGet when choosing to get ALL_ATTRIBUTES
          'IndexName':'byG','Select':'ALL_ATTRIBUTES' | One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index byG because its projection type is not ALL
          'IndexName':'byG','ProjectionExpression':'s, y' | One or more parameter values were invalid: Global secondary index byG does not project [y]
          'IndexName':'byG','ConsistentRead':true | Consistent reads are not supported on global secondary indexes
          'IndexName':'none' | The table does not have the specified index: none
          'Segment':0 | The TotalSegments parameter is required but was not present in the request when Segment parameter is present
          'TotalSegments':2 | The Segment parameter is required but was not present in the request when parameter TotalSegments is present
          'Segment':5,'TotalSegments':5 | The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less than TotalSegments: 5
          'Limit':0 | 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1
          """)
  void scansRefuseParametersThatDoNotFit(String members, String message) {
    assertInvalid("Scan", members, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          p = :p            | {'p':{'S':'a'}}               | The provided starting key is invalid
          p = :p            | {'p':{'S':'a'},'z':{'N':'1'}} | The provided starting key is invalid
          p = :p            | {'p':{'S':'b'},'s':{'N':'1'}} | The provided starting key is outside query boundaries based on provided conditions
          p = :p AND s > :s | {'p':{'S':'a'},'s':{'N':'2'}} | The provided starting key does not match the range key predicate
          """)
  void startKeysMustFitTheQuery(String condition, String key, String message) {
    String values =
        condition.contains(":s") ? "{':p':{'S':'a'},':s':{'N':'2'}}" : "{':p':{'S':'a'}}";
    assertInvalid(
        "Query",
        "'KeyConditionExpression':'%s','ExpressionAttributeValues':%s,'ExclusiveStartKey':%s"
            .formatted(condition, values, key),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'p':{'S':'a'}}", "{'p':{'S':'a'},'s':{'S':'1'}}"})
  void startKeysMustFitTheScannedTable(String key) {
    assertInvalid(
        "Scan",
        "'ExclusiveStartKey':" + key,
        "The provided starting key is invalid: The provided key element does not match the schema");
  }

  @Test
  void queriesOfOneItemCannotBeRestarted() {
    calls.assertInvalid(
        "Query",
        "{'TableName':'hash'," + BY_P + "," + P_IS_A + ",'ExclusiveStartKey':{'p':{'S':'a'}}}",
        "The provided exclusive start key is invalid: ExclusiveStartKey: {p=AttributeValue:"
            + " {S:a}}");
  }
}
