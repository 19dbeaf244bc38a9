// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static dev.syncline.sim.events.TestApi.KEY;
import static dev.syncline.sim.events.TestApi.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import java.util.List;
import java.util.Set;

/** One connection, and the frames that its client sends. */
abstract class ConnectionProtocolFixture {
  final ConnectionProtocol protocol =
      new ConnectionProtocol(
          TestApi::config,
          EventsLimits.AWS,
          new PublishRules(EventsLimits.AWS, new Ids(1)),
          AuthRequest.Caller.UNKNOWN,
          new Credentials.None());

  /** A connection to an API that takes every mode, whose answers wait for a verifier. */
  static ConnectionProtocol verifying() {
    var every = Set.of(AuthMode.values());
    return new ConnectionProtocol(
        () -> TestApi.config(every, every),
        EventsLimits.AWS,
        new PublishRules(EventsLimits.AWS, new Ids(1)),
        AuthRequest.Caller.UNKNOWN,
        new Credentials.None());
  }

  List<ConnectionEffect> receive(String text) {
    return protocol.receive(text, NOW);
  }

  Subscription admitted(String frame) {
    List<ConnectionEffect> effects = receive(frame);
    assertThat(effects.getFirst()).isInstanceOf(ConnectionEffect.KeepAlive.class);
    assertThat(effects.getLast()).isInstanceOf(ConnectionEffect.Admit.class);
    return ((ConnectionEffect.Admit) effects.getLast()).subscription();
  }

  static ConnectionEffect.Refuse refuse(List<ConnectionEffect> effects) {
    assertThat(effects).hasSize(1);
    assertThat(effects.getFirst()).isInstanceOf(ConnectionEffect.Refuse.class);
    return (ConnectionEffect.Refuse) effects.getFirst();
  }

  static JsonNode assertError(
      List<ConnectionEffect> effects, String type, String id, String errorType) throws Exception {
    JsonNode frame = json(refuse(effects).frame());
    assertThat(frame.get("type").textValue()).isEqualTo(type);
    assertThat(frame.get("id").textValue()).isEqualTo(id);
    assertThat(frame.get("errors")).hasSize(1);
    assertThat(frame.at("/errors/0/errorType").textValue()).isEqualTo(errorType);
    return frame;
  }

  static String subscribe(String id, String channel) {
    return subscribe(id, channel, KEY);
  }

  static String subscribe(String id, String channel, String key) {
    return operation("subscribe", id, channel, key).toString();
  }

  private static ObjectNode operation(String type, String id, String channel, String key) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame.put("type", type).put("id", id).put("channel", channel);
    frame.putObject("authorization").put("x-api-key", key);
    return frame;
  }

  static String publish(String id, String channel, String key, String... events) {
    ObjectNode frame = operation("publish", id, channel, key);
    var array = frame.putArray("events");
    for (String event : events) {
      array.add(event.replace("\\\"", "\""));
    }
    return frame.toString();
  }

  static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }
}
