// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.BridgeHandler;
import dev.syncline.bridge.BridgeMetrics;
import dev.syncline.temporal.LocalCluster;
import dev.syncline.temporal.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Temporal's test server killed in mid-work: it keeps its state in memory, so what it had accepted
 * is started again, under its id, by the bridge that is asked for it.
 */
@Timeout(240)
class TemporalServerKilledTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatItHadAcceptedIsAnsweredAfterItHasComeBack() throws Exception {
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
      JsonNode accepted = call(bridge, "POST", "/event", "Accepted", "respond-async");
      assertThat(accepted.path("statusCode").asInt()).as("%s", accepted).isEqualTo(202);
      CompletableFuture<JsonNode> held = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> held.complete(call(bridge, "POST", "/event", "Held", "wait=10")));
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

  private static String atLocation(BridgeHandler bridge, JsonNode accepted) throws Exception {
    String location = accepted.path("headers").path("Location").asText();
    String path = location.substring(location.indexOf("/event/"));
    JsonNode answer = call(bridge, "GET", path, "", "wait=2");
    while (answer.path("statusCode").asInt() != 200) {
      // Until the server is back it cannot be told; never is the work unknown.
      assertThat(answer.path("statusCode").asInt()).as("%s", answer).isIn(202, 503);
      answer = call(bridge, "GET", path, "", "wait=2");
    }
    return answer.path("body").asText();
  }

  private static JsonNode call(
      BridgeHandler bridge, String method, String path, String name, String prefer) {
    ObjectNode event = JSON.createObjectNode();
    event.put("resource", "/event").put("path", path).put("httpMethod", method);
    event
        .putObject("headers")
        .put("Content-Type", "application/json")
        .put("Prefer", prefer)
        .put("Idempotency-Key", "key-of-" + name);
    event.putObject("requestContext").put("path", "/dev" + path).put("requestId", "gateway");
    if (method.equals("POST")) {
      event.put(
          "body", JSON.createObjectNode().put("name", name).put("surname", "Lovelace").toString());
    }
    event.put("isBase64Encoded", false);
    try {
      var out = new ByteArrayOutputStream();
      bridge.handleRequest(
          new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
          out,
          context());
      return JSON.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> "invocation";
                  case "getRemainingTimeInMillis" -> 60_000;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
