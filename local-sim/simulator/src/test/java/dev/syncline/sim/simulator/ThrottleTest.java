// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planned throttle and a planned refusal, as each service's own callers see them. */
class ThrottleTest {
  @Test
  void everyServiceSaysThatItIsAskedTooOftenInItsOwnWords(@TempDir Path work) {
    try (var aws = new WholeSimulator(work)) {
      aws.simulator.faults().add(FaultRule.always("call", new Fault.Throttle()));
      Map<String, String> seen = new TreeMap<>();
      for (AwsService service : aws.simulator.dispatcher().services()) {
        String operation = service.operations().getFirst().name();
        assertThatThrownBy(() -> aws.call(service.id(), operation, "{}"))
            .isInstanceOfSatisfying(
                AwsException.class,
                error -> seen.put(service.id(), error.status() + " " + error.code()));
      }
      assertThat(seen)
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("apigateway", "429 TooManyRequestsException"),
                  Map.entry("apigatewayv2", "429 TooManyRequestsException"),
                  Map.entry("appsync", "429 LimitExceededException"),
                  Map.entry("cloudformation", "400 Throttling"),
                  Map.entry("cognito", "400 TooManyRequestsException"),
                  Map.entry("cognitoidentity", "400 TooManyRequestsException"),
                  Map.entry("dynamodb", "400 ProvisionedThroughputExceededException"),
                  Map.entry("dynamodbstreams", "400 ThrottlingException"),
                  Map.entry("events", "400 ThrottlingException"),
                  Map.entry("iam", "400 Throttling"),
                  Map.entry("lambda", "429 TooManyRequestsException"),
                  Map.entry("logs", "400 ThrottlingException"),
                  Map.entry("monitoring", "400 ThrottlingException"),
                  Map.entry("s3", "503 SlowDown"),
                  Map.entry("secretsmanager", "400 ThrottlingException"),
                  Map.entry("sqs", "400 RequestThrottled"),
                  Map.entry("states", "400 ThrottlingException"),
                  Map.entry("sts", "400 Throttling")));
    }
  }

  @Test
  void aMappingIsMadeWithoutACallThatAPlannedFaultCouldStrike(@TempDir Path work) {
    try (var aws = new WholeSimulator(work)) {
      aws.function("f", "", event -> "{}");
      aws.call("sqs", "CreateQueue", "{'QueueName': 'q'}");
      aws.simulator
          .faults()
          .add(
              FaultRule.always("call", new Fault.Throttle())
                  .when("operation", "GetFunctionConfiguration"));
      assertThat(
              aws.call(
                      "lambda",
                      "CreateEventSourceMapping",
                      "{'FunctionName': 'f', 'EventSourceArn':"
                          + " 'arn:aws:sqs:us-east-1:111111111111:q'}")
                  .path("FunctionArn")
                  .asText())
          .endsWith(":function:f");
      assertThatThrownBy(
              () ->
                  aws.call(
                      "lambda",
                      "CreateEventSourceMapping",
                      "{'FunctionName': 'gone', 'EventSourceArn':"
                          + " 'arn:aws:sqs:us-east-1:111111111111:q'}"))
          .hasMessage("Function does not exist");
    }
  }
}
