// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The permissions that operations of the running services need. */
class AccessChecksTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory = Path.of(".");
  private static Simulator simulator;

  @BeforeAll
  static void start() throws Exception {
    simulator = Simulator.start(SimulatorConfig.defaults(directory).withPort(0, -1));
    for (JsonNode call : cases("setup")) {
      simulator
          .dispatcher()
          .call(
              call.path("service").asText(),
              call.path("operation").asText(),
              (ObjectNode) call.path("input"),
              simulator.internalCall());
    }
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static List<JsonNode> cases(String part) throws IOException {
    String file = "/dev/syncline/e2e/access/checks.json";
    try (InputStream in =
        Objects.requireNonNull(AccessChecksTest.class.getResourceAsStream(file), file)) {
      return StreamSupport.stream(JSON.readTree(in).path(part).spliterator(), false).toList();
    }
  }

  static Stream<JsonNode> checks() throws IOException {
    return cases("checks").stream();
  }

  static Stream<JsonNode> policies() throws IOException {
    return cases("policies").stream();
  }

  static Stream<JsonNode> refusals() throws IOException {
    return cases("refusals").stream();
  }

  @Test
  void everyOperationHasARow() {
    var without = new TreeSet<String>();
    for (AwsService service : simulator.dispatcher().services()) {
      for (Operation operation : service.operations()) {
        if (!service.access().map(a -> a.table().has(operation.name())).orElse(false)) {
          without.add(service.id() + ":" + operation.name());
        }
      }
    }
    assertThat(without).as("operations that no table of permissions names").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void aCallNeeds(JsonNode sample) {
    AwsService service = service(sample);
    Operation operation = operation(service, sample.path("operation").asText());
    var input = (ObjectNode) sample.path("input");
    CallContext context = simulator.internalCall();
    var needed = new ArrayList<String>();
    for (AccessCheck check : service.accessChecks(operation, new Input(input), context)) {
      needed.add(check.action() + " " + check.resource() + keys(check));
    }
    var expected = new ArrayList<String>();
    sample.path("needs").forEach(text -> expected.add(text.asText()));
    assertThat(needed).containsExactlyElementsOf(expected);
  }

  private static String keys(AccessCheck check) {
    Map<String, List<String>> sorted = new TreeMap<>(check.keys());
    return sorted.isEmpty() ? "" : " " + sorted;
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aResourceHasItsPolicy(JsonNode sample) throws Exception {
    String policy = service(sample).resourcePolicy(sample.path("resource").asText()).orElse("null");
    assertThat(JSON.readTree(policy)).isEqualTo(sample.path("policy"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalHasItsForm(JsonNode sample) {
    AwsException refusal =
        service(sample)
            .accessDenied(
                new AccessDenial(
                    sample.path("principal").asText("arn:aws:iam::000000000000:user/u"),
                    sample.path("action").asText(),
                    sample.path("resource").asText(),
                    sample.path("tail").asText(" because")));
    assertThat(refusal.status() + " " + refusal.code() + ": " + refusal.text())
        .isEqualTo(sample.path("error").asText());
  }

  private static AwsService service(JsonNode sample) {
    String id = sample.path("service").asText();
    return Objects.requireNonNull(simulator.dispatcher().service(id), id);
  }

  private static Operation operation(AwsService service, String name) {
    return service.operations().stream()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + name));
  }
}
