// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static dev.syncline.sim.services.dynamodb.DynamoDbCalls.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TableTagOperationsTest {
  private static final String ARN = DynamoDbCalls.TABLE_ARN + "abc";

  @AutoClose private final DynamoDbCalls room = new DynamoDbCalls().withTable("abc");

  private JsonNode tags(String token) {
    return room.call("ListTagsOfResource", "{'ResourceArn':'" + ARN + "'" + token + "}");
  }

  @Test
  void tagsAreSetReplacedAndRemoved() {
    assertThat(
            room.call(
                "TagResource",
                "{'ResourceArn':'"
                    + ARN
                    + "','Tags':[{'Key':'b','Value':'1'},{'Key':'a','Value':''}]}"))
        .isEmpty();
    room.call("TagResource", "{'ResourceArn':'" + ARN + "','Tags':[{'Key':'b','Value':'2'}]}");
    assertThat(tags(""))
        .isEqualTo(json("{'Tags':[{'Key':'b','Value':'2'},{'Key':'a','Value':''}]}"));
    room.call("UntagResource", "{'ResourceArn':'" + ARN + "','TagKeys':['b','none']}");
    assertThat(tags("")).isEqualTo(json("{'Tags':[{'Key':'a','Value':''}]}"));
  }

  @Test
  void tagsAreListedByTenAndAtMostFifty() {
    var all = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      all.add("{'Key':'k" + i + "','Value':'v'}");
    }
    room.call("TagResource", "{'ResourceArn':'" + ARN + "','Tags':" + all + "}");
    JsonNode first = tags("");
    assertThat(first.path("Tags")).hasSize(10);
    JsonNode second = tags(",'NextToken':'" + first.path("NextToken").asText() + "'");
    assertThat(second.at("/Tags/0/Key").asText()).isEqualTo("k10");
    room.assertInvalid(
        "TagResource",
        "{'ResourceArn':'" + ARN + "','Tags':[{'Key':'one more','Value':'v'}]}",
        "One or more parameter values were invalid: Number of tags exceeds the limit of 50 tags"
            + " per resource");
  }

  @Test
  void arnsAreChecked() {
    String tags = "','Tags':[{'Key':'a','Value':'b'}]}";
    room.assertInvalid("TagResource", "{'Tags':[]}", "Invalid TableArn");
    room.assertInvalid(
        "TagResource",
        "{'ResourceArn':'x" + tags,
        "Invalid TableArn: Invalid ResourceArn provided as input x");
    room.assertInvalid(
        "TagResource",
        "{'ResourceArn':'" + ARN + "/index/i" + tags,
        "Invalid TableArn: Invalid ResourceArn provided as input " + ARN + "/index/i");
    room.assertRefused(
        "ListTagsOfResource",
        "{'ResourceArn':'" + ARN + "d'}",
        "ResourceNotFoundException",
        "Requested resource not found: ResourcArn: " + ARN + "d not found");
    assertThat(
            room.error(
                    "ListTagsOfResource",
                    "{'ResourceArn':'arn:aws:dynamodb:us-east-1:222222222222:table/abc'}")
                .code())
        .isEqualTo("AccessDeniedException");
  }

  @Test
  void tagsAreRequired() {
    room.assertInvalid(
        "TagResource",
        "{'ResourceArn':'" + ARN + "'}",
        "1 validation error detected: Value null at 'tags' failed to satisfy constraint: Member"
            + " must not be null");
    room.assertInvalid(
        "TagResource",
        "{'ResourceArn':'" + ARN + "','Tags':[]}",
        "Atleast one Tag needs to be provided as Input.");
    room.assertInvalid(
        "UntagResource",
        "{'ResourceArn':'" + ARN + "','TagKeys':[]}",
        "Atleast one Tag Key needs to be provided as Input.");
  }
}
