// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users, groups, keys, policies, profiles and providers by template. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdentityTemplateTest {
  @TempDir Path work;

  @Test
  void everythingIsMadeChangedAndDeleted() throws Exception {
    String template = template();
    try (var aws = new WholeSimulator(work)) {
      JsonNode made = stack(aws, "CreateStack", template);
      assertThat(made.path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
      assertThat(made.path("Outputs").findValuesAsText("OutputValue"))
          .contains("arn:aws:iam::111111111111:user/people/ann", "own|staff");
      JsonNode user = details(aws, "User", "ann");
      assertThat(user.path("GroupList")).extracting(JsonNode::asText).containsExactly("staff");
      assertThat(user.path("UserPolicyList").findValuesAsText("PolicyName"))
          .containsExactly("inline", "own");
      assertThat(user.has("PermissionsBoundary")).isTrue();
      JsonNode group = details(aws, "Group", "staff");
      assertThat(group.path("GroupPolicyList").findValuesAsText("PolicyName"))
          .containsExactly("many", "own");
      assertThat(keyStatus(aws)).isEqualTo("Inactive");

      String changed =
          template
              .replace("Status: Inactive", "Status: Active")
              .replace("      Groups: [!Ref Staff]\n", "")
              .replace("      LoginProfile: {Password: correct-horse}\n", "")
              .replace("      PermissionsBoundary: arn:aws:iam::aws:policy/PowerUserAccess\n", "")
              .replace("ClientIdList: [one]", "ClientIdList: [two]")
              .replace("Groups: [!Ref Staff], ", "")
              .replace("PolicyName: inline", "PolicyName: other");
      JsonNode updated = stack(aws, "UpdateStack", changed);
      assertThat(updated.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
      user = details(aws, "User", "ann");
      assertThat(user.path("GroupList")).isEmpty();
      assertThat(user.path("UserPolicyList").findValuesAsText("PolicyName"))
          .containsExactly("other", "own");
      assertThat(user.has("PermissionsBoundary")).isFalse();
      assertThat(
              details(aws, "Group", "staff").path("GroupPolicyList").findValuesAsText("PolicyName"))
          .containsExactly("own");
      assertThat(keyStatus(aws)).isEqualTo("Active");

      aws.call("cloudformation", "DeleteStack", "{'StackName': 's'}");
      JsonNode left;
      do {
        Thread.onSpinWait();
        left = aws.call("iam", "GetAccountSummary", "{}").path("SummaryMap");
      } while (left.path("Users").asInt() + left.path("Roles").asInt() > 0);
      assertThat(left.path("Groups").asInt() + left.path("Providers").asInt()).isZero();
    }
  }

  private static String template() throws Exception {
    try (InputStream file =
        Objects.requireNonNull(
            IdentityTemplateTest.class.getResourceAsStream("identity-template.yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode stack(WholeSimulator aws, String operation, String template) {
    ObjectNode input = Json.object().put("StackName", "s").put("TemplateBody", template);
    input.putArray("Capabilities").add("CAPABILITY_NAMED_IAM");
    aws.simulator
        .clock()
        .run(
            () ->
                aws.simulator
                    .dispatcher()
                    .call("cloudformation", operation, input, aws.simulator.internalCall()));
    JsonNode stack;
    do {
      Thread.onSpinWait();
      stack = aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
    } while (stack.path("StackStatus").asText().endsWith("_IN_PROGRESS"));
    return stack;
  }

  private static JsonNode details(WholeSimulator aws, String kind, String name) {
    JsonNode all =
        aws.call("iam", "GetAccountAuthorizationDetails", "{'Filter': ['" + kind + "']}");
    for (JsonNode each : all.path(kind + "DetailList")) {
      if (each.path(kind + "Name").asText().equals(name)) {
        return each;
      }
    }
    throw new AssertionError(name + " is not in " + all);
  }

  private static String keyStatus(WholeSimulator aws) {
    return aws.call("iam", "ListAccessKeys", "{'UserName': 'ann'}")
        .at("/AccessKeyMetadata/0/Status")
        .asText();
  }
}
