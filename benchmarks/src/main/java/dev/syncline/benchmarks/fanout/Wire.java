// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import dev.syncline.sim.events.DataFrame;
import dev.syncline.sim.graphql.subscription.GraphqlFrames;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the clients of a server speak: to an Event API, or to a GraphQL API. */
enum Wire {
  EVENTS {
    @Override
    String subprotocol() {
      return "aws-appsync-event-ws";
    }

    @Override
    String subscribe(String topic, String key) {
      return "{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":\""
          + topic
          + "\",\"authorization\":{\"host\":\"localhost\",\"x-api-key\":\""
          + key
          + "\"}}";
    }

    @Override
    String subscribed() {
      return "subscribe_success";
    }

    @Override
    String publication(String topic, int events, int bytes) {
      String quoted = quoted(event(bytes));
      return "{\"channel\":\""
          + topic
          + "\",\"events\":["
          + String.join(",", Collections.nCopies(events, quoted))
          + "]}";
    }

    @Override
    int messageLength(int bytes) {
      return "{\"type\":\"data\",\"id\":\"s\",\"event\":\"".length()
          + DataFrame.body(event(bytes)).length;
    }

    private String event(int bytes) {
      return "{\"text\":\"" + text(bytes, "{\"text\":\"\"}") + "\"}";
    }
  },

  /** The topic is an argument of the subscription. A payload has that many bytes. */
  GRAPHQL {
    @Override
    String subprotocol() {
      return "graphql-ws";
    }

    @Override
    String subscribe(String topic, String key) {
      String data =
          "{\"query\":\"subscription($topic: String) { sent(topic: $topic) { text } }\","
              + "\"variables\":{\"topic\":\""
              + topic
              + "\"}}";
      return "{\"type\":\"start\",\"id\":\"s\",\"payload\":{\"data\":"
          + quoted(data)
          + ",\"extensions\":{\"authorization\":{\"host\":\"localhost\",\"x-api-key\":\""
          + key
          + "\"}}}}";
    }

    @Override
    String subscribed() {
      return "start_ack";
    }

    @Override
    String publication(String topic, int events, int bytes) {
      String fields =
          IntStream.range(0, events)
              .mapToObj(i -> "m" + i + ": send(topic: $topic, text: $text) { topic text }")
              .collect(Collectors.joining(" "));
      return "{\"query\":\"mutation($topic: String!, $text: String!) { "
          + fields
          + " }\",\"variables\":{\"topic\":\""
          + topic
          + "\",\"text\":\""
          + text(bytes, PAYLOAD_START + PAYLOAD_END)
          + "\"}}";
    }

    @Override
    int messageLength(int bytes) {
      return GraphqlFrames.dataHead("s").length + bytes + 1;
    }
  };

  private static final String PAYLOAD_START = "{\"data\":{\"sent\":{\"text\":\"";
  private static final String PAYLOAD_END = "\"}}}";

  /** Of the connections. */
  abstract String subprotocol();

  /** The frame that subscribes to a topic with the id s. */
  abstract String subscribe(String topic, String key);

  /** The type of its answer. */
  abstract String subscribed();

  /** The body that publishes that many events to the topic, each of {@code bytes} bytes. */
  abstract String publication(String topic, int events, int bytes);

  /** The length of the message in which a subscriber gets an event of that many bytes. */
  abstract int messageLength(int bytes);

  /** The length of the WebSocket frame of that message. */
  final long frameLength(int bytes) {
    int message = messageLength(bytes);
    return message + (message < 126 ? 2 : message < 1 << 16 ? 4 : 10);
  }

  private static String text(int bytes, String around) {
    return "x".repeat(bytes - around.getBytes(StandardCharsets.US_ASCII).length);
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\"", "\\\"") + "\"";
  }
}
