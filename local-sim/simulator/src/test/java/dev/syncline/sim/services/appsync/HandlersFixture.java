// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.EventApiCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulator with one Event API, a Lambda function for its data sources, and a subscriber. */
abstract class HandlersFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String MODES = "[{'authType':'API_KEY'}]";
  static final String IMPORT = "import { util, runtime } from '@aws-appsync/utils';\n";

  @TempDir Path directory;
  final HttpClient http = HttpClient.newHttpClient();
  Simulator simulator;
  String apiId = "";
  String key = "";
  String host = "";

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults(directory).withExecutor(FunctionExecutor.IN_PROCESS, 4));
    JsonNode api =
        appSync(
                "CreateApi",
                "{'name':'handled','eventConfig':{'authProviders':"
                    + MODES
                    + ",'connectionAuthModes':"
                    + MODES
                    + ",'defaultPublishAuthModes':"
                    + MODES
                    + ",'defaultSubscribeAuthModes':"
                    + MODES
                    + "}}")
            .path("api");
    apiId = api.path("apiId").asText();
    host = api.path("dns").path("HTTP").asText();
    key = appSync("CreateApiKey", "{'apiId':'" + apiId + "'}").at("/apiKey/id").asText();
  }

  @AfterEach
  void stop() {
    simulator.close();
    http.close();
  }

  static JsonNode error(Subscriber subscriber) throws Exception {
    JsonNode frame = JSON.readTree(subscriber.next());
    assertThat(frame.path("type").asText()).isEqualTo("subscribe_error");
    return frame.at("/errors/0");
  }

  void assertRefused(String namespace, int status, String type, String message) throws Exception {
    HttpResponse<String> answer =
        http.send(publishing(namespace + "/a", "1"), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
    assertThat(error.path("errorType").asText()).isEqualTo(type);
    assertThat(error.path("message").asText()).contains(message);
  }

  JsonNode publish(String channel, String... events) throws Exception {
    HttpResponse<String> answer =
        http.send(publishing(channel, events), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  HttpRequest publishing(String channel, String... events) {
    return HttpRequest.newBuilder(
            URI.create(simulator.endpoint() + "/_aws/appsync-api/" + apiId + "/event"))
        .header("x-api-key", key)
        .POST(HttpRequest.BodyPublishers.ofString(publishBody(channel, events)))
        .build();
  }

  void create(String name, String code, String configs) throws Exception {
    ObjectNode input = JSON.createObjectNode().put("apiId", apiId).put("name", name);
    if (!code.isEmpty()) {
      input.put("codeHandlers", code);
    }
    input.set("handlerConfigs", JSON.readTree(configs.replace('\'', '"')));
    JsonNode created = call("appsync", "CreateChannelNamespace", input).path("channelNamespace");
    assertThat(created.path("handlerConfigs")).isEqualTo(input.get("handlerConfigs"));
    assertThat(created.path("codeHandlers").asText("")).isEqualTo(code);
  }

  JsonNode appSync(String operation, String input) throws Exception {
    return call("appsync", operation, (ObjectNode) JSON.readTree(input.replace('\'', '"')));
  }

  JsonNode call(String service, String operation, ObjectNode input) throws Exception {
    JsonNode answer = EventApiCalls.call(simulator, service, operation, input);
    return JSON.readTree(answer.toString());
  }

  /** The JDK's own WebSocket with one subscription. */
  final class Subscriber implements WebSocket.Listener {
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    Subscriber(String channel) throws Exception {
      ObjectNode authorization = JSON.createObjectNode().put("host", host).put("x-api-key", key);
      String carried =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(authorization.toString().getBytes(StandardCharsets.UTF_8));
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("aws-appsync-event-ws", "header-" + carried)
              .buildAsync(EventApiCalls.realtime(simulator, apiId), this)
              .get();
      ObjectNode subscribe =
          JSON.createObjectNode().put("type", "subscribe").put("id", "s1").put("channel", channel);
      subscribe.set("authorization", authorization);
      socket.sendText(subscribe.toString(), true).get();
    }

    /** The next frame that is no keep-alive. */
    String next() throws Exception {
      while (true) {
        String frame = frames.poll(30, TimeUnit.SECONDS);
        assertThat(frame).as("a frame comes").isNotNull();
        if (!frame.equals("{\"type\":\"ka\"}") && !frame.contains("connection_ack")) {
          return frame;
        }
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        frames.add(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  static String publishBody(String channel, String... events) {
    ObjectNode body = JSON.createObjectNode().put("channel", channel);
    for (String event : events) {
      body.withArray("events").add(event);
    }
    return body.toString();
  }
}
