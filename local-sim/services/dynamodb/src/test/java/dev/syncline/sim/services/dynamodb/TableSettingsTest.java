// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static dev.syncline.sim.services.dynamodb.DynamoDbCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Resource policies, contributor insights, Kinesis destinations and the account. */
class TableSettingsTest {
  private static final String ARN = DynamoDbCalls.TABLE_ARN + "abc";
  private static final String NAMED = "{'TableName':'abc'}";

  @AutoClose private final DynamoDbCalls room = new DynamoDbCalls().withTable("abc");

  @Test
  void aResourcePolicyIsKeptByRevision() {
    String named = "{'ResourceArn':'" + ARN + "'";
    assertThat(room.error("GetResourcePolicy", named + "}").code())
        .isEqualTo("PolicyNotFoundException");
    var put = json(named + "}").put("Policy", "{\"Statement\":[]}");
    String revision = room.call("PutResourcePolicy", put).path("RevisionId").asText();
    assertThat(revision).matches("\\d+");
    JsonNode got = room.call("GetResourcePolicy", named + "}");
    assertThat(got.path("Policy").asText()).isEqualTo("{\"Statement\":[]}");
    assertThat(got.path("RevisionId").asText()).isEqualTo(revision);
    assertThat(room.error("DeleteResourcePolicy", named + ",'ExpectedRevisionId':'1'}").code())
        .isEqualTo("PolicyNotFoundException");
    assertThat(room.call("DeleteResourcePolicy", named + "}"))
        .isEqualTo(json("{'RevisionId':'" + revision + "'}"));
    assertThat(room.call("DeleteResourcePolicy", named + "}")).isEmpty();
  }

  @Test
  void contributorInsightsAreSwitched() {
    assertThat(room.call("DescribeContributorInsights", NAMED))
        .isEqualTo(json("{'TableName':'abc','ContributorInsightsStatus':'DISABLED'}"));
    assertThat(
            room.call(
                "UpdateContributorInsights",
                "{'TableName':'abc','ContributorInsightsAction':'ENABLE'}"))
        .isEqualTo(
            json(
                "{'TableName':'abc','ContributorInsightsStatus':'ENABLING',"
                    + "'ContributorInsightsMode':'ACCESSED_AND_THROTTLED_KEYS'}"));
    JsonNode described = room.call("DescribeContributorInsights", NAMED);
    assertThat(described.path("ContributorInsightsStatus").asText()).isEqualTo("ENABLED");
    assertThat(described.path("ContributorInsightsRuleList")).hasSize(2);
    assertThat(room.call("ListContributorInsights", "{}").path("ContributorInsightsSummaries"))
        .hasSize(1);
  }

  @Test
  void kinesisDestinationsAreRefusedByName() {
    assertThat(room.call("DescribeKinesisStreamingDestination", NAMED))
        .isEqualTo(json("{'TableName':'abc','KinesisDataStreamDestinations':[]}"));
    assertThat(room.error("EnableKinesisStreamingDestination", NAMED).text())
        .isEqualTo(
            "The simulator does not support the operation"
                + " dynamodb:EnableKinesisStreamingDestination.");
  }

  @Test
  void theAccountHasLimitsAndAnEndpoint() {
    assertThat(room.call("DescribeLimits", "{}"))
        .isEqualTo(
            json(
                "{'AccountMaxReadCapacityUnits':80000,'AccountMaxWriteCapacityUnits':80000,"
                    + "'TableMaxReadCapacityUnits':40000,'TableMaxWriteCapacityUnits':40000}"));
    assertThat(room.call("DescribeEndpoints", "{}"))
        .isEqualTo(
            json("{'Endpoints':[{'Address':'127.0.0.1:4566','CachePeriodInMinutes':1440}]}"));
  }
}
