// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.Tagging;

/**
 * The calls that change what UpdateTable does not: time to live, recovery, contributor insights,
 * resource policies. Tags are changed only where the table had properties before.
 *
 * @param before empty for a new table
 */
record TableFeatureCalls(TableCalls calls, String name, ObjectNode before, ObjectNode after) {
  private static final String TIME_TO_LIVE = "TimeToLiveSpecification";
  private static final String RECOVERY = "PointInTimeRecoverySpecification";
  private static final String INSIGHTS = "ContributorInsightsSpecification";
  private static final String INDEXES = "GlobalSecondaryIndexes";
  private static final Tagging TAGGING = Tagging.pascal("dynamodb", "ResourceArn");

  void apply() {
    timeToLive();
    recovery();
    insights("", before.path(INSIGHTS), after.path(INSIGHTS));
    ObjectNode old = Differences.keyed(before.path(INDEXES), "IndexName");
    for (JsonNode index : after.path(INDEXES)) {
      String indexName = index.path("IndexName").asText();
      insights(indexName, old.path(indexName).path(INSIGHTS), index.path(INSIGHTS));
    }
    JsonNode table = calls.describe(name);
    policy(table.path("TableArn"), before, after);
    policy(
        table.path("LatestStreamArn"),
        before.path("StreamSpecification"),
        after.path("StreamSpecification"));
    if (!before.isEmpty()) {
      TAGGING.changeList(
          calls.calls(),
          table.path("TableArn").asText(),
          "Key",
          before.path("Tags"),
          after.path("Tags"));
    }
  }

  private void timeToLive() {
    JsonNode wanted = after.path(TIME_TO_LIVE);
    if (before.path(TIME_TO_LIVE).equals(wanted)) {
      return;
    }
    // The attribute that is active; the service refuses to set it again.
    String present =
        calls
            .call("DescribeTimeToLive", calls.named(name))
            .at("/TimeToLiveDescription/AttributeName")
            .asText();
    String attribute =
        wanted.path("Enabled").asBoolean() ? wanted.path("AttributeName").asText() : "";
    if (!present.isEmpty() && !present.equals(attribute)) {
      timeToLive(false, present);
    }
    if (!attribute.isEmpty() && !present.equals(attribute)) {
      timeToLive(true, attribute);
    }
  }

  private void timeToLive(boolean enabled, String attribute) {
    ObjectNode input = calls.named(name);
    input.putObject(TIME_TO_LIVE).put("Enabled", enabled).put("AttributeName", attribute);
    calls.call("UpdateTimeToLive", input);
  }

  private void recovery() {
    JsonNode wanted = after.path(RECOVERY);
    if (before.path(RECOVERY).equals(wanted)) {
      return;
    }
    ObjectNode input = calls.named(name);
    ObjectNode specification = input.putObject(RECOVERY);
    boolean enabled = wanted.path("PointInTimeRecoveryEnabled").asBoolean();
    specification.put("PointInTimeRecoveryEnabled", enabled);
    if (enabled && wanted.has("RecoveryPeriodInDays")) {
      specification.set("RecoveryPeriodInDays", wanted.get("RecoveryPeriodInDays"));
    }
    calls.call("UpdateContinuousBackups", input);
  }

  private void insights(String index, JsonNode old, JsonNode wanted) {
    boolean was = old.path("Enabled").asBoolean();
    boolean is = wanted.path("Enabled").asBoolean();
    if (old.equals(wanted) || !was && !is) {
      return;
    }
    ObjectNode input = calls.named(name);
    if (!index.isEmpty()) {
      input.put("IndexName", index);
    }
    input.put("ContributorInsightsAction", is ? "ENABLE" : "DISABLE");
    if (is && wanted.has("Mode")) {
      input.set("ContributorInsightsMode", wanted.get("Mode"));
    }
    calls.call("UpdateContributorInsights", input);
  }

  private void policy(JsonNode arn, JsonNode ownerBefore, JsonNode ownerAfter) {
    JsonNode old = ownerBefore.at("/ResourcePolicy/PolicyDocument");
    JsonNode wanted = ownerAfter.at("/ResourcePolicy/PolicyDocument");
    if (old.equals(wanted) || arn.isMissingNode()) {
      return;
    }
    ObjectNode input = calls.calls().input().put("ResourceArn", arn.asText());
    if (wanted.isMissingNode()) {
      calls.call("DeleteResourcePolicy", input);
    } else {
      calls.call("PutResourcePolicy", input.put("Policy", wanted.asText()));
    }
  }
}
