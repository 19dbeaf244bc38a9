// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A request's log line, which contains metrics and no payload. */
class RequestLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private static List<JsonNode> lines(BridgeFixture rig) {
    return rig.log()
        .lines()
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (java.io.IOException e) {
                throw new AssertionError("not a JSON line: " + line, e);
              }
            })
        .toList();
  }

  private static JsonNode last(BridgeFixture rig) {
    List<JsonNode> lines = lines(rig);
    return lines.get(lines.size() - 1);
  }

  private static void answer(BridgeFixture rig) {
    rig.events
        .last()
        .event(BridgeFixture.completed(rig.backend.last().id().value(), "{\"secret\":\"ssh\"}"));
  }

  @Test
  void aLineIsAlsoItsMetricsInEmbeddedMetricFormat() {
    BridgeFixture rig = new BridgeFixture();
    BridgeFixture.Held held = rig.waiting("{\"name\":\"Ada\"}");
    rig.time.advance(10_000);
    answer(rig);
    answer(rig);
    held.now();

    JsonNode line = last(rig);
    assertThat(line.path("wait").asLong()).isEqualTo(10_000);
    assertThat(line.path("connect").asLong()).isZero();
    assertThat(line.path("completed").asLong()).isEqualTo(1);
    assertThat(line.path("connections").asLong()).isEqualTo(1);
    assertThat(line.path("backend").asText()).isEqualTo("stepfunctions");
    JsonNode directive = line.path("_aws").path("CloudWatchMetrics").get(0);
    assertThat(directive.path("Namespace").asText()).isEqualTo("Syncline/Bridge");
    assertThat(directive.path("Dimensions").toString()).isEqualTo("[[\"backend\"]]");
    assertThat(line.path("_aws").path("Timestamp").asLong()).isEqualTo(rig.time.millis());
    for (JsonNode metric : directive.path("Metrics")) {
      assertThat(line.path(metric.path("Name").asText()).isIntegralNumber())
          .as(metric.toString())
          .isTrue();
    }
    assertThat(directive.path("Metrics").toString())
        .contains("{\"Name\":\"wait\",\"Unit\":\"Milliseconds\"}")
        .contains("{\"Name\":\"completed\",\"Unit\":\"Count\"}");
  }

  @Test
  void aRepeatedMessageIsPrintedOnce() {
    BridgeFixture rig = new BridgeFixture();
    BridgeFixture.Held held = rig.waiting("1");
    rig.time.advance(28_000);
    assertThat(held.now().status()).isEqualTo(202);
    assertThat(last(rig).path("deadlines").asLong()).isEqualTo(1);
    assertThat(last(rig).path("reconciles").asLong()).isEqualTo(1);
    answer(rig);
    rig.get(rig.backend.last().id().value());
    assertThat(last(rig).path("lateEvents").asLong()).isEqualTo(1);
    assertThat(last(rig).has("deadlines")).isFalse();
  }

  @Test
  void noPayloadIsLoggedUnlessAsked() {
    BridgeFixture quiet = new BridgeFixture();
    BridgeFixture.Held held = quiet.waiting("{\"name\":\"Ada\"}");
    answer(quiet);
    held.now();
    assertThat(quiet.log()).doesNotContain("Ada", "ssh", "da2-");

    BridgeFixture loud = new BridgeFixture(Map.of("LOG_PAYLOAD", "true", "METRICS", "off"));
    held = loud.waiting("{\"name\":\"Ada\"}");
    answer(loud);
    held.now();
    assertThat(last(loud).path("requestBody").asText()).isEqualTo("{\"name\":\"Ada\"}");
    assertThat(last(loud).path("responseBody").asText()).contains("ssh");
    assertThat(last(loud).has("_aws")).isFalse();
    assertThat(loud.log()).doesNotContain("da2-");
  }

  @Test
  void theCallersCorrelationIdAndTraceGoToTheWorkAndBack() {
    BridgeFixture rig = new BridgeFixture();
    BridgeFixture.Held held =
        rig.post(
            "1", Map.of("X-Correlation-Id", "order 4711".replace(' ', '-'), "traceparent", TRACE));
    held.awaitParked();
    assertThat(rig.backend.last().correlationId()).contains("order-4711");
    assertThat(rig.backend.last().traceparent()).contains(TRACE);
    assertThat(rig.backend.last().toJson())
        .contains("\"traceparent\":\"" + TRACE + "\"")
        .contains("\"correlationId\":\"order-4711\"");
    answer(rig);
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.header("X-Correlation-Id")).isEqualTo("order-4711");
    assertThat(answer.header("traceparent")).isEqualTo(TRACE);
    assertThat(last(rig).path("correlationId").asText()).isEqualTo("order-4711");
    assertThat(last(rig).path("id").asText()).isEqualTo(rig.backend.last().id().value());
    assertThat(last(rig).path("traceparent").asText()).isEqualTo(TRACE);
  }

  @Test
  void aCorrelationIdThatCouldHarmALogIsNotTaken() {
    BridgeFixture rig = new BridgeFixture();
    BridgeFixture.Held held =
        rig.post("1", Map.of("X-Correlation-Id", "a\nb", "traceparent", "00-zz"));
    held.awaitParked();
    answer(rig);
    String id = rig.backend.last().id().value();
    assertThat(held.now().header("X-Correlation-Id")).isEqualTo(id);
    assertThat(rig.backend.last().correlationId()).isEmpty();
    assertThat(rig.backend.last().traceparent()).isEmpty();
  }

  @Test
  void anAnswerThatNoGatewayWouldPassOnIsAProblem() {
    BridgeFixture rig = new BridgeFixture();
    rig.backend.onStart =
        work ->
            new StartResult.Promised(
                CompletableFuture.completedFuture(
                    new WorkOutcome.Completed("\"" + "x".repeat(3_000_000) + "\"")));
    BridgeFixture.Answer answer = rig.post("1").now();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).contains("result-too-large").hasSizeLessThan(1_000);
  }
}
