// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secrets whose text CloudFormation generates. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretTemplateTest {

  @TempDir Path work;

  private static JsonNode stack(WholeSimulator aws, String operation, String properties) {
    ObjectNode input =
        Json.object()
            .put("StackName", "s")
            .put(
                "TemplateBody",
                "Resources:\n  Secret:\n    Type: AWS::SecretsManager::Secret\n    Properties: "
                    + properties
                    + "\nOutputs: {Arn: {Value: !Ref Secret}}");
    aws.call("cloudformation", operation, input.toString());
    JsonNode stack = Json.object();
    do {
      stack = aws.call("cloudformation", "DescribeStacks", "{'StackName':'s'}").at("/Stacks/0");
    } while (stack.path("StackStatus").asText().endsWith("_IN_PROGRESS"));
    return stack;
  }

  private static String text(WholeSimulator aws, JsonNode stack) {
    String arn = stack.at("/Outputs/0/OutputValue").asText();
    return aws.call("secretsmanager", "GetSecretValue", "{'SecretId':'" + arn + "'}")
        .path("SecretString")
        .asText();
  }

  @Test
  void aPasswordIsGeneratedByItsRulesAndKeptByAnUpdateOfOtherThings() {
    try (var aws = new WholeSimulator(work)) {
      String rules = "GenerateSecretString: {PasswordLength: 48, ExcludePunctuation: true}";
      JsonNode made = stack(aws, "CreateStack", "{" + rules + "}");
      assertThat(made.path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
      String password = text(aws, made);
      assertThat(password).matches("[A-Za-z0-9]{48}");
      JsonNode updated = stack(aws, "UpdateStack", "{Description: d, " + rules + "}");
      assertThat(updated.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
      assertThat(text(aws, updated)).isEqualTo(password);
      JsonNode changed =
          stack(aws, "UpdateStack", "{Description: d, " + rules.replace("48", "40") + "}");
      assertThat(text(aws, changed)).hasSize(40);
    }
  }

  @Test
  void aPasswordIsPutIntoItsTemplate() {
    try (var aws = new WholeSimulator(work)) {
      JsonNode made =
          stack(
              aws,
              "CreateStack",
              "{GenerateSecretString: {SecretStringTemplate: \"{\\\"username\\\":\\\"u\\\"}\","
                  + " GenerateStringKey: password}}");
      assertThat(text(aws, made)).startsWith("{\"username\":\"u\",\"password\":\"");
    }
  }

  @Test
  void aGivenTextAndAGeneratedOneExcludeEachOther() {
    try (var aws = new WholeSimulator(work)) {
      JsonNode refused =
          stack(
              aws, "CreateStack", "{SecretString: a, GenerateSecretString: {PasswordLength: 20}}");
      assertThat(refused.path("StackStatus").asText()).isEqualTo("ROLLBACK_COMPLETE");
    }
  }
}
