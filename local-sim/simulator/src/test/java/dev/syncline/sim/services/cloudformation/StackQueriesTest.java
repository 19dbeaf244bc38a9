// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries of stacks and templates: events, summaries, and requests during an operation. */
class StackQueriesTest extends StackFixture {
  @Test
  void theTemplateMayLieInS3AndComesBackAsItWasSent() {
    s3.answer(
        "GetObject",
        (input, context) -> Output.raw(200, Map.of(), TWO_GROUPS.getBytes(StandardCharsets.UTF_8)));
    for (String url :
        List.of(
            "https://s3.us-east-1.amazonaws.com/bucket/dir/key.yaml",
            "https://s3.amazonaws.com/bucket/dir/key.yaml",
            "https://bucket.s3.amazonaws.com/dir/key.yaml",
            "http://127.0.0.1:4566/bucket/dir/key.yaml")) {
      cfn.create(Fixture.stack("two").put("TemplateURL", url));
      assertThat(drain())
          .first()
          .isEqualTo("GetObject {\"Bucket\":\"bucket\",\"Key\":\"dir/key.yaml\"}");
      assertThat(cfn.call("GetTemplate", Fixture.stack("two")).path("TemplateBody").asText())
          .isEqualTo(TWO_GROUPS);
      cfn.delete("two");
      drain();
    }
    assertThatThrownBy(
            () ->
                cfn.call(
                    "CreateStack",
                    Fixture.stack("x").put("TemplateURL", "https://example.com/a/b")))
        .hasMessageContaining("supported URL");
  }

  @Test
  void aTemplateIsSummarised() {
    JsonNode summary =
        cfn.call(
            "GetTemplateSummary",
            Fixture.stack("x", TWO_GROUPS, Map.of()).without(List.of("StackName", "Parameters")));
    assertThat(summary.path("Parameters").path(0).toString())
        .isEqualTo(
            "{\"ParameterKey\":\"Days\",\"NoEcho\":false,\"DefaultValue\":\"7\","
                + "\"ParameterType\":\"Number\","
                + "\"ParameterConstraints\":{\"AllowedValues\":[\"1\",\"7\",\"14\"]}}");
    assertThat(summary.path("ResourceTypes").toString()).isEqualTo("[\"AWS::Logs::LogGroup\"]");
    assertThat(summary.path("Description").asText()).isEqualTo("Two groups");
  }

  @Test
  void eventsComeInPages() {
    var template = new StringBuilder("Resources:\n");
    for (int i = 0; i < 60; i++) {
      template.append("  G").append(i).append(": {Type: AWS::Logs::LogGroup}\n");
    }
    cfn.create("many", template.toString());
    JsonNode first = cfn.call("DescribeStackEvents", Fixture.stack("many"));
    assertThat(first.path("StackEvents")).hasSize(100);
    JsonNode rest =
        cfn.call(
            "DescribeStackEvents",
            Fixture.stack("many").put("NextToken", first.path("NextToken").asText()));
    assertThat(rest.path("StackEvents")).hasSize(22);
    assertThat(rest.has("NextToken")).isFalse();
  }

  @Test
  void theJournalHasTheStepsOfAStack() {
    cfn.create("two", TWO_GROUPS);
    assertThat(
            cfn.journal.select(entry -> entry.event().type().equals("cloudformation.StackEvent")))
        .extracting(entry -> entry.event().details().get("status"))
        .startsWith("CREATE_IN_PROGRESS")
        .endsWith("CREATE_COMPLETE");
  }

  /** The creation of a stack continues when the latch opens. */
  private CountDownLatch slowCreation() {
    var go = new CountDownLatch(1);
    logs.answer(
        "CreateLogGroup",
        (input, context) -> {
          try {
            go.await();
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
          return Output.empty();
        });
    return go;
  }

  @Test
  void aDescriptionOfAStackInProgressWaitsForItsEnd() {
    CountDownLatch go = slowCreation();
    int timers = cfn.clock.pendingTimers();
    cfn.call("CreateStack", Fixture.stack("two", TWO_GROUPS, Map.of()));
    CompletableFuture<JsonNode> answer =
        CompletableFuture.supplyAsync(() -> cfn.describe("two"), Thread::startVirtualThread);
    while (cfn.clock.pendingTimers() == timers) {
      Thread.onSpinWait();
    }
    go.countDown();
    assertThat(answer.join().path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
  }

  @ParameterizedTest
  @MethodSource
  void anOperationThatTakesLongIsToldAsItStands(ClockMode mode) {
    CountDownLatch go = slowCreation();
    try (Fixture other = new Fixture(mode, logs, s3)) {
      other.call("CreateStack", Fixture.stack("two", TWO_GROUPS, Map.of()));
      assertThat(other.describe("two").path("StackStatus").asText())
          .isEqualTo("CREATE_IN_PROGRESS");
      go.countDown();
      assertThat(other.settled("two").path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
    }
  }

  static List<ClockMode> anOperationThatTakesLongIsToldAsItStands() {
    return List.of(new ClockMode.Scaled(1_000), new ClockMode.Manual());
  }
}
