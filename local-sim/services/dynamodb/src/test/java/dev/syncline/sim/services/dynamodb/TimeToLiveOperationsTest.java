// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static dev.syncline.sim.services.dynamodb.DynamoDbCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TimeToLiveOperationsTest {
  @AutoClose private final DynamoDbCalls room = new DynamoDbCalls().withTable("abc");

  private static String request(boolean enabled, String attribute) {
    return "{'TableName':'abc','TimeToLiveSpecification':{'Enabled':"
        + enabled
        + ",'AttributeName':'"
        + attribute
        + "'}}";
  }

  private JsonNode described() {
    return room.call("DescribeTimeToLive", "{'TableName':'abc'}").path("TimeToLiveDescription");
  }

  @Test
  void timeToLiveIsSwitchedOnAndOff() {
    assertThat(described()).isEqualTo(json("{'TimeToLiveStatus':'DISABLED'}"));
    assertThat(room.call("UpdateTimeToLive", request(true, "t")))
        .isEqualTo(json("{'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'t'}}"));
    assertThat(described()).isEqualTo(json("{'TimeToLiveStatus':'ENABLED','AttributeName':'t'}"));
    room.call("UpdateTimeToLive", request(false, "t"));
    assertThat(described()).isEqualTo(json("{'TimeToLiveStatus':'DISABLED'}"));
  }

  @Test
  void aChangeIsRequired() {
    room.assertInvalid("UpdateTimeToLive", request(false, "t"), "TimeToLive is already disabled");
    room.call("UpdateTimeToLive", request(true, "t"));
    room.assertInvalid("UpdateTimeToLive", request(true, "t"), "TimeToLive is already enabled");
    for (boolean enabled : new boolean[] {true, false}) {
      room.assertInvalid(
          "UpdateTimeToLive",
          request(enabled, "other"),
          "TimeToLive is active on a different AttributeName: current AttributeName is t");
    }
  }

  @Test
  void tablesAndAttributesAreChecked() {
    room.assertRefused(
        "DescribeTimeToLive",
        "{'TableName':'none'}",
        "ResourceNotFoundException",
        "Requested resource not found: Table: none not found");
    room.assertInvalid(
        "UpdateTimeToLive",
        request(true, ""),
        "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed"
            + " to satisfy constraint: Member must have length greater than or equal to 1");
  }
}
