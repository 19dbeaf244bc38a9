// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of a running simulator, planned from the command line and over HTTP. */
class FaultCommandTest {
  @TempDir private static Path work;
  private static Instance instance;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    instance = Instance.start(SimulatorConfig.defaults(work).withPort(0, -1), new StopSignal());
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @BeforeEach
  void clear() {
    instance.simulator().faults().clear();
  }

  private int fault(String... words) {
    var arguments =
        new ArrayList<>(List.of("fault", "--port", String.valueOf(instance.simulator().port())));
    arguments.addAll(List.of(words));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private static List<FaultRule> planned() {
    return instance.simulator().faults().rules();
  }

  @Test
  void everyKindIsPlannedAsItWasAskedFor() {
    fault("appsync.activation", "delay", "delay=1.5s", "times=always");
    fault("appsync.delivery", "drop", "times=3", "when.channel=/a/*", "probability=0.25");
    fault("appsync.delivery", "duplicate", "copies=4");
    fault("appsync.delivery", "corrupt", "replacement={");
    fault("appsync.message", "disconnect", "when.type=publish");
    fault("appsync.connect", "close", "code=1012", "reason=restart");
    fault("appsync.subscribe", "silence");
    fault("call", "refuse", "status=503", "errorType=Busy", "message=later");
    fault("call", "throttle", "when.service=lambda");
    fault("appsync.publish", "throttle");
    fault("appsync.connect", "expired-key");

    assertThat(err.toString()).isEmpty();
    assertThat(planned())
        .containsExactly(
            FaultRule.always("appsync.activation", new Fault.Delay(Duration.ofMillis(1500))),
            new FaultRule("appsync.delivery", Map.of("channel", "/a/*"), 0.25, 3, new Fault.Drop()),
            once("appsync.delivery", new Fault.Duplicate(4)),
            once("appsync.delivery", new Fault.Corrupt("{")),
            new FaultRule(
                "appsync.message", Map.of("type", "publish"), 1, 1, new Fault.Disconnect()),
            once("appsync.connect", new Fault.Close(1012, "restart")),
            once("appsync.subscribe", new Fault.Silence()),
            once("call", new Fault.Refuse(503, "Busy", "later")),
            new FaultRule("call", Map.of("service", "lambda"), 1, 1, new Fault.Throttle()),
            once(
                "appsync.publish",
                new Fault.Refuse(429, "LimitExceededError", "Rate limit exceeded")),
            once(
                "appsync.connect",
                new Fault.Refuse(
                    401, "UnauthorizedException", "You are not authorized to make this call.")));
  }

  private static FaultRule once(String place, Fault fault) {
    return new FaultRule(place, Map.of(), 1, 1, fault);
  }

  @Test
  void plannedFaultsAreShownAndRemoved() {
    fault("appsync.delivery", "drop", "times=always");
    assertThat(fault()).isZero();
    assertThat(out.toString())
        .contains("appsync.handshake", "takes refuse", "Planned:", "\"times\":\"always\"");
    assertThat(fault("--clear")).isZero();
    assertThat(out.toString()).endsWith("Nothing is planned." + System.lineSeparator());
    assertThat(planned()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "appsync.nowhere drop, appsync.nowhere",
    "appsync.delivery explode, explode",
    "appsync.activation refuse status=500 errorType=X, appsync.activation",
    "appsync.delivery drop colour=red, colour",
    "appsync.delivery drop when.colour=red, colour",
    "appsync.delivery delay, delay",
    "appsync.delivery delay delay=soon, soon",
    "appsync.delivery drop times=often, often",
    "appsync.delivery drop probability=2, probability",
    "appsync.delivery close code=1006, 1006",
  })
  void impossibleInputIsRefusedInOneLine(String words, String named) {
    assertThat(fault(words.split(" "))).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(named).doesNotContain("defect");
    assertThat(planned()).isEmpty();
  }

  @Test
  void theSameGoesOverHttp() throws Exception {
    URI faults = URI.create(instance.simulator().endpoint() + "/_syncline/faults");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> added =
          client.send(
              HttpRequest.newBuilder(faults)
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"place\":\"appsync.delivery\",\"fault\":\"duplicate\",\"copies\":3,"
                              + "\"when\":{\"channel\":\"/a\"},\"times\":2}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(added.statusCode()).isEqualTo(201);
      assertThat(planned())
          .containsExactly(
              new FaultRule(
                  "appsync.delivery", Map.of("channel", "/a"), 1, 2, new Fault.Duplicate(3)));
      JsonNode seen =
          CliJson.parse(
              client
                  .send(
                      HttpRequest.newBuilder(faults).build(), HttpResponse.BodyHandlers.ofString())
                  .body());
      assertThat(seen.at("/rules/0/copies").asInt()).isEqualTo(3);
      assertThat(FaultJson.read(seen.at("/rules/0"), instance.simulator().faults()))
          .isEqualTo(planned().getFirst());
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(faults).DELETE().build(),
                      HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(200);
      assertThat(planned()).isEmpty();
    }
  }
}
