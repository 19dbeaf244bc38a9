// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import dev.syncline.sim.services.dynamodb.TableFeatures.Insights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on contributor insights: a setting that has no effect. Thread-safe. */
record ContributorInsightsOperations(RoomParts parts) {
  private static final String MODE = "ContributorInsightsMode";
  private static final String STATUS = "ContributorInsightsStatus";
  private static final String DEFAULT_MODE = "ACCESSED_AND_THROTTLED_KEYS";
  private static final int MAX_LISTED = 100;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            UpdateContributorInsights: TableName, IndexName, ContributorInsightsAction,
              ContributorInsightsMode
            """,
            this::update),
        Operation.of("DescribeContributorInsights: TableName, IndexName", this::describe),
        Operation.of("ListContributorInsights: TableName, NextToken, MaxResults", this::list));
  }

  private Table table(Input input) {
    Table table = parts.store().described(input.requiredText("TableName"));
    String index = index(input);
    if (!index.isEmpty() && table.index(index).isEmpty()) {
      throw DynamoDbErrors.indexNotFound(index);
    }
    return table;
  }

  private static String index(Input input) {
    return input.text("IndexName").orElse("");
  }

  private static ObjectNode named(Table table, String index) {
    ObjectNode json = Json.object().put("TableName", table.name());
    if (!index.isEmpty()) {
      json.put("IndexName", index);
    }
    return json;
  }

  private Output update(Input input, CallContext context) {
    parts.constraints().check("UpdateContributorInsights", input);
    Table table = table(input);
    String index = index(input);
    boolean enable = input.requiredText("ContributorInsightsAction").equals("ENABLE");
    String mode = input.text(MODE).orElse(DEFAULT_MODE);
    table.feature(
        before -> {
          var insights = new LinkedHashMap<>(before.insights());
          insights.put(index, new Insights(enable, mode, parts.clock().now()));
          return before.withInsights(insights);
        });
    ObjectNode json = named(table, index).put(STATUS, enable ? "ENABLING" : "DISABLING");
    if (enable) {
      json.put(MODE, mode);
    }
    return Output.of(json);
  }

  private Output describe(Input input, CallContext context) {
    parts.constraints().check("DescribeContributorInsights", input);
    Table table = table(input);
    String index = index(input);
    @Nullable Insights insights = table.features().insights().get(index);
    boolean enabled = insights != null && insights.enabled();
    ObjectNode json = named(table, index).put(STATUS, enabled ? "ENABLED" : "DISABLED");
    if (insights != null && enabled) {
      json.set("ContributorInsightsRuleList", rules(table, index, insights));
      json.set("LastUpdateDateTime", Json.epochSeconds(insights.changed()));
      json.put(MODE, insights.mode());
    }
    return Output.of(json);
  }

  /** The names of the rules that AWS makes in CloudWatch. */
  private static ArrayNode rules(Table table, String index, Insights insights) {
    ArrayNode rules = Json.array();
    String target = table.name() + (index.isEmpty() ? "" : "-" + index);
    boolean accessed = insights.mode().equals(DEFAULT_MODE);
    boolean ranged =
        table
            .index(index)
            .map(one -> !one.schema().key().range().isEmpty())
            .orElse(!table.description().key().range().isEmpty());
    for (String kind : List.of("PKC", "PKT", "SKC", "SKT")) {
      if ((ranged || kind.startsWith("P")) && (accessed || kind.endsWith("T"))) {
        rules.add(
            "DynamoDBContributorInsights-"
                + kind
                + "-"
                + target
                + "-"
                + insights.changed().toEpochMilli());
      }
    }
    return rules;
  }

  private Output list(Input input, CallContext context) {
    parts.constraints().check("ListContributorInsights", input);
    var summaries = new ArrayList<ObjectNode>();
    if (input.has("TableName")) {
      summaries.addAll(summaries(table(input)));
    } else {
      parts.store().all().forEach(table -> summaries.addAll(summaries(table)));
    }
    int limit = Math.max(1, input.integer("MaxResults").orElse(MAX_LISTED));
    Pages.Page<ObjectNode> page =
        Pages.page(summaries, limit, input.text("NextToken"), "ValidationException");
    ObjectNode json = Json.object();
    ArrayNode shown = json.putArray("ContributorInsightsSummaries");
    page.items().forEach(shown::add);
    page.next().ifPresent(next -> json.put("NextToken", next));
    return Output.of(json);
  }

  private static List<ObjectNode> summaries(Table table) {
    var summaries = new ArrayList<ObjectNode>();
    table
        .features()
        .insights()
        .forEach(
            (index, insights) ->
                summaries.add(
                    named(table, index)
                        .put(STATUS, insights.enabled() ? "ENABLED" : "DISABLED")
                        .put(MODE, insights.mode())));
    return summaries;
  }
}
