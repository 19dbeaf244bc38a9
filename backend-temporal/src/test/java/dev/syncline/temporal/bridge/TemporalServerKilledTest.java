// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.bridge.BridgeHandler;
import dev.syncline.bridge.BridgeMetrics;
import dev.syncline.temporal.LocalCluster;
import dev.syncline.temporal.ServerProcess;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Temporal's test server killed in mid-work: it keeps its state in memory, so what it had accepted
 * is started again, under its id, by the bridge when it is polled.
 */
@Timeout(240)
class TemporalServerKilledTest {
  @Test
  void acceptedWorkIsAnsweredAfterARestart() throws Exception {
    ServerProcess server = ServerProcess.start();
    Map<String, String> environment = new HashMap<>();
    environment.put("BACKEND", "temporal");
    environment.put("TEMPORAL_ADDRESS", server.address());
    environment.put("WORKER_DELAY_MS", "4000");
    environment.put("WAIT_BUDGET_MS", "12000");
    environment.put("METRICS", "off");
    Process worker = LocalCluster.workerProcess(environment, line -> {});
    try (var timer = new ScheduledThreadPoolExecutor(1);
        var bridge = new BridgeHandler(environment, Clock.systemUTC(), timer)) {
      JsonNode accepted = posted(bridge, "Accepted", "respond-async");
      assertThat(accepted.path("statusCode").asInt()).as("%s", accepted).isEqualTo(202);
      CompletableFuture<JsonNode> held = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> held.complete(posted(bridge, "Held", "wait=10")));
      while (bridge.metrics().get(BridgeMetrics.Counter.STARTS) < 2) {
        Thread.sleep(20);
      }

      server.kill();
      server = server.again();

      assertThat(atLocation(bridge, accepted)).contains("Accepted Lovelace");
      JsonNode told = held.get();
      assertThat(told.path("statusCode").asInt()).as("%s", told).isIn(200, 202);
      assertThat(
              told.path("statusCode").asInt() == 202
                  ? atLocation(bridge, told)
                  : told.path("body").asText())
          .contains("Held Lovelace");
    } finally {
      worker.destroyForcibly();
      server.kill();
    }
  }

  /** Retries with its key while a slow server leaves the start unconfirmed. */
  private static JsonNode posted(BridgeHandler bridge, String name, String prefer) {
    JsonNode answer = BridgeCalls.post(bridge, name, prefer);
    while (answer.path("statusCode").asInt() == 502 || answer.path("statusCode").asInt() == 503) {
      answer = BridgeCalls.post(bridge, name, prefer);
    }
    return answer;
  }

  private static String atLocation(BridgeHandler bridge, JsonNode accepted) {
    JsonNode answer = BridgeCalls.atLocation(bridge, accepted);
    while (answer.path("statusCode").asInt() != 200) {
      // Until the server is back the state is unavailable, but the work is never unknown.
      assertThat(answer.path("statusCode").asInt()).as("%s", answer).isIn(202, 503);
      answer = BridgeCalls.atLocation(bridge, accepted);
    }
    return answer.path("body").asText();
  }
}
