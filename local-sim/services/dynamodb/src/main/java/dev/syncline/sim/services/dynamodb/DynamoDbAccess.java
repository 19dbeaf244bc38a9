// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The permissions of tables: on the table or index, item by item in transactions, by kind of
 * statement in PartiQL. Source: the service authorization reference.
 */
record DynamoDbAccess(TableStore tables, AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      BatchGetItem BatchWriteItem                                      | computed
      CreateBackup CreateTable DeleteTable DescribeTable               | table/{TableName}
      DeleteBackup DescribeBackup                                      | {BackupArn}
      DeleteItem GetItem PutItem UpdateItem                            | table/{TableName}
      DeleteResourcePolicy GetResourcePolicy PutResourcePolicy         | {ResourceArn}
      DescribeContinuousBackups UpdateContinuousBackups                | table/{TableName}
      DescribeContributorInsights UpdateContributorInsights Query Scan | table/{TableName}{index}
      DescribeEndpoints DescribeLimits ListTables                      | *
      DescribeKinesisStreamingDestination DescribeTimeToLive           | table/{TableName}
      ExecuteStatement BatchExecuteStatement ExecuteTransaction        \
      | PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete        | computed
      ListBackups ListContributorInsights                              | *
      ListTagsOfResource TagResource UntagResource                     | {ResourceArn}
      RestoreTableFromBackup                              | {BackupArn} table/{TargetTableName}
      RestoreTableToPointInTime                                        | {source}
      TransactGetItems | GetItem                                       | computed
      TransactWriteItems | PutItem UpdateItem DeleteItem ConditionCheckItem | computed
      UpdateTable UpdateTimeToLive                                     | table/{TableName}
      """;

  private static final Pattern PART = Pattern.compile("/(index|stream)/.*$");
  private static final String ITEMS = "DeleteItem GetItem PutItem UpdateItem Query Scan";
  private static final String LEADING_KEYS = "dynamodb:LeadingKeys";
  private static final String ATTRIBUTES = "dynamodb:Attributes";
  private static final String ENCLOSING = "dynamodb:EnclosingOperation";
  private static final Map<String, String> TRANSACTIONS =
      Map.of(
          "Get", "GetItem",
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem");

  DynamoDbAccess(TableStore tables) {
    this(
        tables,
        table(new LeadingKeys(tables))
            .tagsOf(
                arn ->
                    Optional.ofNullable(tables.find(PART.matcher(arn).replaceFirst("")))
                        .map(table -> table.features().tags())
                        .orElse(Map.of())));
  }

  private static AccessTable table(LeadingKeys leading) {
    var statements = new StatementAccess(leading);
    return AccessTable.of("dynamodb", ROWS)
        .naming("index", request -> request.text("IndexName").map("/index/"::concat).orElse(""))
        .naming("source", DynamoDbAccess::source)
        .computing("BatchGetItem BatchWriteItem", request -> batch(request, leading))
        .computing("TransactGetItems TransactWriteItems", request -> items(request, leading))
        .computing("ExecuteStatement BatchExecuteStatement ExecuteTransaction", statements::checks)
        .tagging("CreateTable", "TagResource")
        .adding(
            "CreateTable",
            "dynamodb:PutResourcePolicy",
            request ->
                request.text("ResourcePolicy").stream()
                    .map(
                        policy ->
                            AccessCheck.of(
                                "dynamodb:PutResourcePolicy",
                                tableArn(request, request.textOrAny("TableName"))))
                    .toList())
        .key(ITEMS, LEADING_KEYS, leading::of)
        .key(ITEMS, ATTRIBUTES, request -> LeadingKeys.attributes(request.input().json()))
        .key("GetItem Query Scan", "dynamodb:Select", DynamoDbAccess::select)
        .keyOf(ITEMS, "dynamodb:ReturnValues", "ReturnValues")
        .keyOf(ITEMS, "dynamodb:ReturnConsumedCapacity", "ReturnConsumedCapacity")
        .key("ExecuteTransaction", ENCLOSING, request -> List.of("ExecuteTransaction"))
        .key("TransactGetItems", ENCLOSING, request -> List.of("TransactGetItems"))
        .key("TransactWriteItems", ENCLOSING, request -> List.of("TransactWriteItems"));
  }

  private static String source(AccessRequest request) {
    return request
        .text("SourceTableArn")
        .orElseGet(() -> tableArn(request, request.textOrAny("SourceTableName")));
  }

  private static String tableArn(AccessRequest request, String name) {
    return request.arn("dynamodb", "table/", name);
  }

  private static List<String> select(AccessRequest request) {
    boolean projected =
        request.text("ProjectionExpression").isPresent()
            || !request.items("AttributesToGet").isEmpty();
    return List.of(
        request.text("Select").orElse(projected ? "SPECIFIC_ATTRIBUTES" : "ALL_ATTRIBUTES"));
  }

  /** One check for each table. */
  private static List<AccessCheck> batch(AccessRequest request, LeadingKeys leading) {
    var checks = new ArrayList<AccessCheck>();
    for (Map.Entry<String, JsonNode> table : request.node("RequestItems").properties()) {
      var keys = new ArrayList<String>();
      table
          .getValue()
          .path("Keys")
          .forEach(key -> keys.addAll(leading.ofItem(table.getKey(), key)));
      for (JsonNode write : table.getValue()) {
        JsonNode item = write.path("PutRequest").path("Item");
        keys.addAll(
            leading.ofItem(
                table.getKey(), item.isObject() ? item : write.path("DeleteRequest").path("Key")));
      }
      AccessCheck check =
          AccessCheck.of(
              "dynamodb:" + request.operation().name(), tableArn(request, table.getKey()));
      checks.add(keys.isEmpty() ? check : check.with(LEADING_KEYS, keys));
    }
    return checks;
  }

  /** One check for each item. */
  private static List<AccessCheck> items(AccessRequest request, LeadingKeys leading) {
    var checks = new ArrayList<AccessCheck>();
    for (JsonNode item : request.items("TransactItems")) {
      for (Map.Entry<String, JsonNode> part : item.properties()) {
        String action = TRANSACTIONS.get(part.getKey());
        if (action != null) {
          checks.add(item(request, "dynamodb:" + action, part.getValue(), leading));
        }
      }
    }
    return checks;
  }

  private static AccessCheck item(
      AccessRequest request, String action, JsonNode part, LeadingKeys leading) {
    String table = part.path("TableName").asText("*");
    AccessCheck check = AccessCheck.of(action, tableArn(request, table));
    JsonNode key = part.path("Key").isObject() ? part.path("Key") : part.path("Item");
    List<String> keys = leading.ofItem(table, key);
    List<String> attributes = LeadingKeys.attributes(part);
    check = keys.isEmpty() ? check : check.with(LEADING_KEYS, keys);
    return attributes.isEmpty() ? check : check.with(ATTRIBUTES, attributes);
  }

  /** Of a table, of an index by its table, or of a stream. */
  @Override
  public Optional<String> resourcePolicy(String resource) {
    int index = resource.indexOf("/index/");
    String arn = index < 0 ? resource : resource.substring(0, index);
    int stream = arn.indexOf("/stream/");
    Table found = tables.find(stream < 0 ? arn : arn.substring(0, stream));
    return Optional.ofNullable(found)
        .map(table -> table.features().policies().get(arn))
        .map(TableFeatures.Policy::document);
  }
}
