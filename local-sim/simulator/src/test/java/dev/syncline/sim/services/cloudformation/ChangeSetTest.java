// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Change sets: how they are created, described and executed. */
class ChangeSetTest extends StackFixture {
  private static ObjectNode creatingChangeSet() {
    return Fixture.stack("two", TWO_GROUPS, Map.of())
        .put("ChangeSetName", "deploy-1")
        .put("ChangeSetType", "CREATE");
  }

  @Test
  void theCliDeploysThroughChangeSets() {
    ObjectNode input = creatingChangeSet();
    JsonNode made = cfn.call("CreateChangeSet", input);
    assertThat(cfn.describe("two").path("StackStatus").asText()).isEqualTo("REVIEW_IN_PROGRESS");
    ObjectNode changeSet = Fixture.stack("two").put("ChangeSetName", made.path("Id").asText());
    JsonNode described = cfn.call("DescribeChangeSet", changeSet);
    assertThat(described.path("Status").asText()).isEqualTo("CREATE_COMPLETE");
    assertThat(described.path("Changes").toString())
        .contains("\"Action\":\"Add\",\"LogicalResourceId\":\"First\"");
    assertThat(drain()).isEmpty();

    cfn.call("ExecuteChangeSet", changeSet);

    assertThat(cfn.settled("two").path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
    assertThat(drain()).hasSize(3);

    ObjectNode again =
        Fixture.stack("two", TWO_GROUPS, Map.of())
            .put("ChangeSetName", "deploy-2")
            .put("ChangeSetType", "UPDATE");
    again = again.put("ChangeSetName", cfn.call("CreateChangeSet", again).path("Id").asText());
    ObjectNode second =
        Fixture.stack("two").put("ChangeSetName", again.get("ChangeSetName").asText());
    JsonNode empty = cfn.call("DescribeChangeSet", second);
    assertThat(empty.path("Status").asText()).isEqualTo("FAILED");
    assertThat(empty.path("StatusReason").asText())
        .startsWith("The submitted information didn't contain changes.");
    assertThat(thrown(() -> cfn.call("ExecuteChangeSet", second)).code())
        .isEqualTo("InvalidChangeSetStatus");
  }

  @Test
  void aChangeSetTellsWhatWouldBeReplaced() {
    cfn.create("two", TWO_GROUPS);
    ObjectNode input =
        Fixture.stack("two", TWO_GROUPS, Map.of("Name", "next")).put("ChangeSetName", "c");
    JsonNode made = cfn.call("CreateChangeSet", input);
    JsonNode changes =
        cfn.call(
                "DescribeChangeSet",
                Fixture.stack("two").put("ChangeSetName", made.path("Id").asText()))
            .path("Changes");

    assertThat(changes.path(0).path("ResourceChange").path("LogicalResourceId").asText())
        .isEqualTo("First");
    assertThat(changes.path(0).path("ResourceChange").path("Replacement").asText())
        .isEqualTo("True");
    assertThat(changes.path(1).path("ResourceChange").path("Replacement").asText())
        .isEqualTo("Conditional");
  }

  @Test
  void aChangeSetsNameIsTakenUntilItHasBeenExecuted() {
    ObjectNode input = creatingChangeSet();
    cfn.call("CreateChangeSet", input);
    assertThat(thrown(() -> cfn.call("CreateChangeSet", input)).code())
        .isEqualTo("AlreadyExistsException");
    ObjectNode named = Fixture.stack("two").put("ChangeSetName", "deploy-1");
    cfn.call("ExecuteChangeSet", named);
    cfn.settled("two");

    ObjectNode next =
        Fixture.stack("two", TWO_GROUPS, Map.of("Days", "14"))
            .put("ChangeSetName", "deploy-1")
            .put("ChangeSetType", "UPDATE");
    String second = cfn.call("CreateChangeSet", next).path("Id").asText();
    JsonNode found = cfn.call("DescribeChangeSet", named);
    assertThat(found.path("ChangeSetId").asText()).isEqualTo(second);
    assertThat(found.path("ExecutionStatus").asText()).isEqualTo("AVAILABLE");
  }
}
