// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;

/**
 * The server, a separate process: the simulator with one Event API or one GraphQL API, or the bare
 * loop. It prints what its clients have to know and obeys {@code heap}; it ends with its standard
 * input.
 */
public final class LoadServer {
  private static final String SCHEMA =
      """
      type Message { topic: String! text: String! }
      type Query { none: String }
      type Mutation { send(topic: String!, text: String!): Message }
      type Subscription {
        sent(topic: String): Message @aws_subscribe(mutations: ["send"])
      }
      """;

  private LoadServer() {}

  /** Started by {@link ServerProcess} with {@code simulator}, {@code graphql} or {@code bare}. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("bare")) {
      try (var bare = BareFanOut.start()) {
        obey(bare.port() + " " + bare.tlsPort() + " /event key");
      }
      return;
    }
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-benchmark"))
            .withClock(new ClockMode.Real())
            // AWS's rates would be what is measured, and keep-alives be taken for events.
            .withEventsLimits(
                Map.of(
                    "keep-alive", "24h",
                    "publishes-per-second", "0",
                    "connections-per-second", "0",
                    "events-per-second", "0",
                    "outbound-messages-per-second", "0"));
    try (Simulator simulator = Simulator.start(config)) {
      if (arguments[0].equals("graphql")) {
        graphqlApi(simulator);
      } else {
        eventApi(simulator);
      }
    }
  }

  private static void eventApi(Simulator simulator) throws IOException {
    String api =
        call(
                simulator,
                "CreateApi",
                """
                {"name": "benchmark", "eventConfig": {
                  "authProviders": [{"authType": "API_KEY"}],
                  "connectionAuthModes": [{"authType": "API_KEY"}],
                  "defaultPublishAuthModes": [{"authType": "API_KEY"}],
                  "defaultSubscribeAuthModes": [{"authType": "API_KEY"}]}}
                """)
            .at("/api/apiId")
            .asText();
    call(simulator, "CreateChannelNamespace", "{\"apiId\":\"" + api + "\",\"name\":\"load\"}");
    String key =
        call(simulator, "CreateApiKey", "{\"apiId\":\"" + api + "\"}").at("/apiKey/id").asText();
    obey(
        simulator.port()
            + " "
            + simulator.tlsPort()
            + " /_aws/appsync-api/"
            + api
            + "/event "
            + key);
  }

  /** A mutation that waits for nothing, and a subscription with one argument. */
  private static void graphqlApi(Simulator simulator) throws IOException {
    String api =
        call(
                simulator,
                "CreateGraphqlApi",
                "{\"name\":\"benchmark\",\"authenticationType\":\"API_KEY\"}")
            .at("/graphqlApi/apiId")
            .asText();
    ObjectNode schema = new ObjectMapper().createObjectNode().put("apiId", api);
    schema.put("definition", SCHEMA.getBytes(StandardCharsets.UTF_8));
    call(simulator, "StartSchemaCreation", schema.toString());
    String of = "{\"apiId\":\"" + api + "\"";
    call(simulator, "CreateDataSource", of + ",\"name\":\"none\",\"type\":\"NONE\"}");
    ObjectNode resolver = new ObjectMapper().createObjectNode().put("apiId", api);
    resolver.put("typeName", "Mutation").put("fieldName", "send").put("dataSourceName", "none");
    resolver.put(
        "requestMappingTemplate",
        "{\"version\":\"2018-05-29\",\"payload\":$util.toJson($ctx.args)}");
    resolver.put("responseMappingTemplate", "$util.toJson($ctx.result)");
    call(simulator, "CreateResolver", resolver.toString());
    String key = call(simulator, "CreateApiKey", of + "}").at("/apiKey/id").asText();
    obey(
        simulator.port()
            + " "
            + simulator.tlsPort()
            + " /_aws/appsync-api/"
            + api
            + "/graphql "
            + key);
  }

  private static void obey(String ready) throws IOException {
    System.out.println(ready);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(heap());
    }
  }

  /** Heap in use after garbage collections, in bytes. */
  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static JsonNode call(Simulator simulator, String operation, String input)
      throws IOException {
    return simulator
        .dispatcher()
        .call(
            "appsync",
            operation,
            (ObjectNode) new ObjectMapper().readTree(input),
            simulator.internalCall())
        .json();
  }
}
