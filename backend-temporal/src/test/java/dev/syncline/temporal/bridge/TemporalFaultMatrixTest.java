// SPDX-License-Identifier: Apache-2.0
package dev.syncline.temporal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.bridge.BridgeHandler;
import dev.syncline.temporal.FaultyLink;
import dev.syncline.temporal.LocalCluster;
import dev.syncline.worker.FullName;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The fault matrix for Temporal: the bridge's connections to the server break during responses.
 * Each client gets its own correct answer, directly, at {@code Location}, or when it retries with
 * its key as the response allows. Workers are not killed here: the test server loses track of an
 * update whose worker dies; {@link TemporalBackendTest} and {@link TemporalServerKilledTest} kill
 * workers and servers.
 *
 * <p>The seed decides what each client asks for and how long each connection holds. More of it:
 * {@code mvn verify -pl backend-temporal -am -Dtest=TemporalFaultMatrixTest
 * -Dsyncline.faults.seed=7 -Dsyncline.faults.requests=1000}.
 */
class TemporalFaultMatrixTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = Long.getLong("syncline.faults.seed", 1);
  private static final int REQUESTS = Integer.getInteger("syncline.faults.requests", 30);
  private static final int AT_ONCE = 6;

  @Test
  @Timeout(3600)
  void eachClientGetsItsOwnRightAnswerUnderFaults() throws Exception {
    try (var cluster = new LocalCluster(false);
        var link = new FaultyLink(cluster.port(), SEED);
        var timer = new ScheduledThreadPoolExecutor(1)) {
      cluster.environment().put("WORKER_DELAY_MS", "300");
      Map<String, String> environment = new HashMap<>();
      environment.put("BACKEND", "temporal");
      environment.put("TEMPORAL_ADDRESS", link.address());
      environment.put("WAIT_BUDGET_MS", "8000");
      environment.put("METRICS", "off");
      try (var worker = cluster.worker(new FullName());
          var bridge = new BridgeHandler(environment, Clock.systemUTC(), timer);
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var places = new Semaphore(AT_ONCE);
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
          int number = i;
          places.acquire();
          answers.add(threads.submit(inPlace(places, () -> new Client(bridge, number).ask())));
        }
        for (int i = 0; i < REQUESTS; i++) {
          assertThat(answers.get(i).get()).isEqualTo("N" + i + " Lovelace");
        }
      }
      System.out.printf(
          "Fault matrix, temporal: %d requests survived %d cut connections%n",
          REQUESTS, link.cuts());
      assertThat(link.cuts()).isPositive();
    }
  }

  private static <T> Callable<T> inPlace(Semaphore places, Callable<T> work) {
    return () -> {
      try {
        return work.call();
      } finally {
        places.release();
      }
    };
  }

  /** One client, which follows the responses. */
  private static final class Client {
    private final BridgeHandler bridge;
    private final String name;
    private final String prefer;
    private String id = "";

    Client(BridgeHandler bridge, int number) {
      this.bridge = bridge;
      this.name = "N" + number;
      int kind = new SplittableRandom(SEED * 31 + number).nextInt(4);
      this.prefer = kind == 0 ? "respond-async" : kind == 1 ? "wait=2" : "";
    }

    /** The full name in the final response. */
    String ask() throws IOException {
      while (true) {
        JsonNode answer = BridgeCalls.post(bridge, name, prefer);
        switch (answer.path("statusCode").asInt()) {
          case 200 -> {
            return right(answer);
          }
          case 202 -> {
            return atLocation(answer);
          }
          case 502, 503 -> mayAskAgain(answer);
          default -> throw new AssertionError(name + ": " + answer);
        }
      }
    }

    private String atLocation(JsonNode accepted) throws IOException {
      JsonNode answer = BridgeCalls.atLocation(bridge, accepted);
      while (answer.path("statusCode").asInt() != 200) {
        assertThat(answer.path("statusCode").asInt()).as("%s", answer).isIn(202, 503);
        answer = BridgeCalls.atLocation(bridge, accepted);
      }
      return right(answer);
    }

    private String right(JsonNode answer) throws IOException {
      JsonNode body = body(answer);
      String told = body.path("id").asText();
      assertThat(told).startsWith("exec-");
      assertThat(id.isEmpty() || id.equals(told)).as("one id for one key").isTrue();
      return body.path("fullName").asText();
    }

    /**
     * "Not started", or "not confirmed" with the id to ask for; a failure of the work is neither.
     */
    private void mayAskAgain(JsonNode answer) throws IOException {
      JsonNode body = body(answer);
      assertThat(body.path("type").asText())
          .as("%s", answer)
          .endsWith(
              answer.path("statusCode").asInt() == 503 ? ":not-started" : ":start-unconfirmed");
      if (body.has("id")) {
        id = body.path("id").asText();
      }
    }

    private static JsonNode body(JsonNode answer) throws IOException {
      return JSON.readTree(answer.path("body").asText());
    }
  }
}
