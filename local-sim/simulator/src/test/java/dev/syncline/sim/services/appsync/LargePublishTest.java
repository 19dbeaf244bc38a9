// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.EventApiCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An event of any size that HTTP accepts fits into a frame, with any escapes. */
@Timeout(120)
class LargePublishTest {
  @TempDir Path directory;

  @Test
  void fiveOfTheLargestEventsFitIntoAFrameEscaped() throws Exception {
    // 240 KB that are twice as long within a string.
    String event = '"' + "\\\"".repeat(120 * 1024 - 1) + '"';
    ObjectNode frame =
        JsonNodeFactory.instance.objectNode().put("type", "publish").put("id", "large");
    frame.put("channel", "default/a");
    for (int i = 0; i < 5; i++) {
      frame.withArray("events").add(event);
    }
    var answered = new CompletableFuture<String>();
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults(directory));
        HttpClient http = HttpClient.newHttpClient()) {
      String modes = "[{\"authType\":\"API_KEY\"}]";
      String api =
          call(
                  simulator,
                  "CreateApi",
                  "{\"name\":\"large\",\"eventConfig\":{\"authProviders\":MODES,"
                          .replace("MODES", modes)
                      + "\"connectionAuthModes\":MODES,\"defaultPublishAuthModes\":MODES,"
                          .replace("MODES", modes)
                      + "\"defaultSubscribeAuthModes\":MODES}}".replace("MODES", modes))
              .at("/api/apiId")
              .asText();
      call(simulator, "CreateChannelNamespace", "{\"apiId\":\"" + api + "\",\"name\":\"default\"}");
      String key =
          call(simulator, "CreateApiKey", "{\"apiId\":\"" + api + "\"}").at("/apiKey/id").asText();
      frame.putObject("authorization").put("x-api-key", key);
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("aws-appsync-event-ws")
              .header("x-api-key", key)
              .buildAsync(
                  URI.create("ws://127.0.0.1:" + simulator.port() + "/event/realtime"),
                  new Answer(answered))
              .join();

      socket.sendText(frame.toString(), true).join();

      JsonNode answer = Json.MAPPER.readTree(answered.join());
      assertThat(answer.path("type").asText()).isEqualTo("publish_success");
      assertThat(answer.path("successful")).hasSize(5);
      socket.abort();
    }
  }

  /** The first message, or the reason for its absence. */
  private record Answer(CompletableFuture<String> answered) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      answered.complete(text.toString());
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      answered.completeExceptionally(new AssertionError("closed " + code + " " + reason));
      return null;
    }
  }

  private static JsonNode call(Simulator simulator, String operation, String input)
      throws Exception {
    return EventApiCalls.call(
        simulator, "appsync", operation, (ObjectNode) Json.MAPPER.readTree(input));
  }
}
