// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.data.Keys;
import dev.syncline.sim.services.dynamodb.data.PlannedRead;
import dev.syncline.sim.services.dynamodb.data.ReadOptions;
import dev.syncline.sim.services.dynamodb.data.ReadOptions.Columns;
import dev.syncline.sim.services.dynamodb.expressions.Condition;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.expressions.LegacyConditions;
import dev.syncline.sim.services.dynamodb.expressions.ProjectionExpression;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query or scan, read in AWS's order of checks. Immutable.
 *
 * @param condition the key condition; null for a scan
 */
record ReadRequest(
    ObjectNode json,
    @Nullable KeyCondition condition,
    @Nullable Condition filter,
    @Nullable ProjectionExpression projection,
    @Nullable Item startKey) {
  private static final String FILTER = ExpressionParameters.FILTER;
  private static final String PROJECTION = ExpressionParameters.PROJECTION;
  private static final String TO_GET = "AttributesToGet";
  private static final String KEY_CONDITIONS = "KeyConditions";

  /**
   * Of a query.
   *
   * @throws ValidationFault in AWS's words
   */
  static ReadRequest query(ObjectNode json) {
    var parameters =
        ExpressionParameters.of(
            json,
            List.of(PROJECTION, FILTER, ExpressionParameters.KEY_CONDITION),
            List.of(TO_GET, "QueryFilter", "ConditionalOperator", KEY_CONDITIONS));
    Condition legacyFilter = parameters.legacyFilter("QueryFilter");
    ProjectionExpression attributes = parameters.attributesToGet();
    Item startKey = startKey(json);
    String text = parameters.text(ExpressionParameters.KEY_CONDITION);
    if (text == null && !json.hasNonNull(KEY_CONDITIONS)) {
      throw ValidationFault.bare(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    Supplier<KeyCondition> condition =
        text == null
            ? () -> LegacyConditions.keyConditions(json.get(KEY_CONDITIONS))
            : KeyCondition.begin(text, parameters.scope());
    Condition filter = parameters.filter();
    ProjectionExpression projection = parameters.projection();
    parameters.finish();
    return of(json, condition.get(), legacyFilter, filter, attributes, projection, startKey);
  }

  /**
   * Of a scan.
   *
   * @throws ValidationFault in AWS's words
   */
  static ReadRequest scan(ObjectNode json) {
    var parameters =
        ExpressionParameters.of(
            json,
            List.of(PROJECTION, FILTER),
            List.of(TO_GET, "ScanFilter", "ConditionalOperator"));
    ProjectionExpression attributes = parameters.attributesToGet();
    Condition legacyFilter = parameters.legacyFilter("ScanFilter");
    Item startKey = startKey(json);
    requireSegments(json);
    Condition filter = parameters.filter();
    ProjectionExpression projection = parameters.projection();
    parameters.finish();
    return of(json, null, legacyFilter, filter, attributes, projection, startKey);
  }

  private static ReadRequest of(
      ObjectNode json,
      @Nullable KeyCondition condition,
      @Nullable Condition legacyFilter,
      @Nullable Condition filter,
      @Nullable ProjectionExpression attributes,
      @Nullable ProjectionExpression projection,
      @Nullable Item startKey) {
    var read =
        new ReadRequest(
            json,
            condition,
            filter == null ? legacyFilter : filter,
            projection == null ? attributes : projection,
            startKey);
    read.requireSelect();
    return read;
  }

  private static @Nullable Item startKey(ObjectNode json) {
    JsonNode given = json.get("ExclusiveStartKey");
    if (given == null || given.isNull()) {
      return null;
    }
    try {
      return ValueReader.readItem(given);
    } catch (ValidationFault fault) {
      // AWS words the faults of sets and numbers without the introduction.
      boolean alone =
          fault.text().contains("contains duplicates")
              || fault.text().contains("number set")
              || fault.text().contains("numeric value")
              || fault.text().contains("significant digits")
              || fault.text().contains("number with magnitude");
      throw alone
          ? fault
          : ValidationFault.bare("The provided starting key is invalid: " + fault.text());
    }
  }

  private static void requireSegments(ObjectNode json) {
    boolean segment = json.hasNonNull("Segment");
    boolean total = json.hasNonNull("TotalSegments");
    if (segment && !total) {
      throw ValidationFault.bare(
          "The TotalSegments parameter is required but was not present in the request when Segment"
              + " parameter is present");
    }
    if (total && !segment) {
      throw ValidationFault.bare(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (total && json.path("Segment").asInt() >= json.path("TotalSegments").asInt()) {
      throw ValidationFault.bare(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
              + " Segment: %d is not less than TotalSegments: %d"
                  .formatted(json.path("Segment").asInt(), json.path("TotalSegments").asInt()));
    }
  }

  private void requireSelect() {
    String select = select();
    if (select.isEmpty()) {
      return;
    }
    if (projection == null) {
      if (select.equals("SPECIFIC_ATTRIBUTES")) {
        throw ValidationFault.bare(
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                + " SPECIFIC_ATTRIBUTES");
      }
      if (select.equals("ALL_PROJECTED_ATTRIBUTES") && index() == null) {
        throw ValidationFault.bare(
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
      }
    } else if (!select.equals("SPECIFIC_ATTRIBUTES")) {
      throw ValidationFault.bare(
          "Cannot specify the %s when choosing to get %s"
              .formatted(
                  json.hasNonNull(TO_GET) ? TO_GET : PROJECTION,
                  select.equals("COUNT") ? "only the Count" : select));
    }
  }

  /** {@code Select}; empty when absent. */
  String select() {
    return json.path("Select").asText("");
  }

  /** The name or ARN of the table. */
  String table() {
    return json.path("TableName").asText();
  }

  @Nullable String index() {
    return json.hasNonNull("IndexName") ? json.get("IndexName").asText() : null;
  }

  boolean consistent() {
    return json.path("ConsistentRead").asBoolean(false);
  }

  /**
   * Refuses a path into a key, in a query a filter on the keys that it reads by, and attributes
   * that the index does not have. AWS checks the index, the key condition and the start key first.
   *
   * @throws ValidationFault in AWS's words
   */
  void requireFit(Table table, PlannedRead planned) {
    Keys keys = table.data().keys();
    if (projection != null) {
      keys.requireScalarPaths(projection.nestedAttributes());
    }
    requireNoKeyInFilter(table);
    planned.requireColumns();
    if (filter != null) {
      keys.requireScalarPaths(filter.nestedAttributes());
    }
  }

  private void requireNoKeyInFilter(Table table) {
    if (condition == null || filter == null) {
      return;
    }
    String index = index();
    KeySchema key = index == null ? table.data().key() : table.data().index(index).schema().key();
    for (String attribute : filter.topLevelAttributes()) {
      if (key.has(attribute)) {
        throw ValidationFault.bare(
            (json.hasNonNull(FILTER) ? "Filter Expression" : "QueryFilter")
                + " can only contain non-primary key attributes: Primary key attribute: "
                + attribute);
      }
    }
    if (index != null) {
      table.data().index(index).requireFilter(filter.topLevelAttributes());
    }
  }

  /** As the table reads it. */
  ReadOptions options() {
    Columns columns = Columns.PROJECTED;
    if (projection != null) {
      columns = Columns.named(projection.topLevelAttributes());
    } else if (select().equals("ALL_ATTRIBUTES")) {
      columns = Columns.ALL;
    }
    Condition test = filter;
    return new ReadOptions(
        index(),
        consistent(),
        json.hasNonNull("Limit") ? json.get("Limit").asInt() : Integer.MAX_VALUE,
        startKey,
        columns,
        test == null ? item -> true : test::test);
  }
}
