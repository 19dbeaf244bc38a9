// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.simulator.Simulator;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers carry the fields of the services' published models. The whole system is deployed and used
 * once; then every operation that reads is asked about everything that came up meanwhile: each call
 * so far gives the members that an input has in common with it.
 */
@Timeout(300)
class PublishedModelTest {
  /** Operations that change nothing. */
  private static final String READS = "(Get|List|Describe|Filter|Validate|Head).*";

  /** Other names of an input member. */
  private static final Map<String, List<String>> ALSO_CALLED =
      Map.ofEntries(
          Map.entry("modelName", List.of("name")),
          Map.entry("usagePlanId", List.of("id")),
          Map.entry("restApiId", List.of("id")),
          Map.entry("apiKey", List.of("id")),
          Map.entry("SecretId", List.of("ARN")),
          Map.entry("StackName", List.of("StackId")),
          Map.entry("PolicyArn", List.of("Arn")),
          Map.entry("FunctionName", List.of("FunctionArn")),
          Map.entry("Resource", List.of("FunctionArn")),
          Map.entry("resourceArn", List.of("stateMachineArn", "apiArn", "logGroupArn")),
          Map.entry("Key", List.of("key")));

  @TempDir Path scratch;

  @Test
  void everyAnswerIsAsItsModelSays() throws Exception {
    Simulator simulator = Simulator.start(Deployed.config());
    var answers = RecordedAnswers.of(simulator);
    try (Deployed deployed = Deployed.deploy(simulator, Map.of())) {
      ApiCheck.assertFullName(deployed.api("/event"));
      for (AwsService service : simulator.dispatcher().services()) {
        for (Operation operation : service.operations()) {
          if (operation.name().matches(READS)) {
            askAboutEverything(simulator, service.signingName(), operation, answers);
          }
        }
      }
    }

    assertThat(answers.findings(scratch)).isEmpty();
    assertThat(answers.operations())
        .contains(
            "apigateway:GetStage",
            "apigateway:GetIntegration",
            "apigateway:GetUsagePlan",
            "cloudformation:DescribeStackEvents",
            "events:DescribeConnection",
            "iam:GetRolePolicy",
            "lambda:GetAlias",
            "logs:DescribeLogStreams",
            "secretsmanager:DescribeSecret",
            "states:GetExecutionHistory");
  }

  private static void askAboutEverything(
      Simulator simulator, String service, Operation operation, RecordedAnswers answers) {
    var inputs = new HashSet<ObjectNode>();
    inputs.add(JsonNodeFactory.instance.objectNode());
    for (RecordedAnswers.Call call : answers.calls()) {
      if (call.service().equals(service)) {
        inputs.add(inCommon(operation, call.members()));
      }
    }
    for (ObjectNode input : inputs) {
      try {
        simulator.dispatcher().call(service, operation.name(), input, simulator.internalCall());
      } catch (AwsException notFound) {
        // Asked about the wrong thing; errors are no part of a model's output.
      }
    }
  }

  private static ObjectNode inCommon(Operation operation, ObjectNode members) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    for (String member : operation.members()) {
      JsonNode value = members.path(member);
      for (String other : ALSO_CALLED.getOrDefault(member, List.of())) {
        value = value.isMissingNode() ? members.path(other) : value;
      }
      if (value.isTextual() && !value.asText().isEmpty()) {
        input.set(member, value);
      }
    }
    return input;
  }
}
