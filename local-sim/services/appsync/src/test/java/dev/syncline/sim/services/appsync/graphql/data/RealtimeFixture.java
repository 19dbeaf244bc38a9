// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.execution.CompletedMutation;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.MetricSink;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiSettings;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.realtime.RecordingPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Connections of one GraphQL API on a manual clock. */
final class RealtimeFixture {
  final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-03-01T12:34:56Z"), Duration.ZERO);
  final Ids ids = new Ids(7);
  final Journal journal = new Journal(clock);
  final FaultPlan faults = new FaultPlan(journal, ids);

  /** Names and values. */
  final List<String> metrics = new ArrayList<>();

  private final MetricSink recorded =
      new MetricSink() {
        @Override
        public void logged(Instant time, String line) {
          throw new AssertionError(line);
        }

        @Override
        public void value(
            Instant time,
            String namespace,
            String metric,
            Map<String, String> dimensions,
            double value,
            String unit) {
          metrics.add(metric + " " + (long) value);
        }
      };

  final GraphqlApiRecord api;
  final FakeGate gate;
  final GraphqlSubscriptions subscriptions;

  RealtimeFixture() {
    var store = new GraphqlApiStore(clock, ids, "111111111111", "us-east-1", 10);
    api =
        store.create(
            "main",
            null,
            Map.of(),
            new GraphqlApiSettings(
                JsonNodeFactory.instance.objectNode(), List.of(new AuthProvider.ApiKeys())));
    gate = new FakeGate(api);
    faults.declare(GraphqlRealtimeFaults.places(Map.of()));
    subscriptions =
        new GraphqlSubscriptions(
            clock,
            ids,
            journal,
            faults,
            gate,
            new GraphqlMetrics(() -> recorded),
            EventsLimits.AWS);
    store.listen(subscriptions);
  }

  /** Connects with the good key in the query. */
  Client connect() {
    return connect("/graphql", header("good"), offer("graphql-ws"));
  }

  Client connect(String path, String query, Headers headers) {
    var upgrade =
        new HttpRequest(
            "GET",
            path,
            query,
            headers.with("Host", api.realtimeHost()),
            new byte[0],
            "127.0.0.1",
            false);
    var endpoint = subscriptions.endpoint();
    assertThat(endpoint.claims(upgrade)).isTrue();
    var peer = new RecordingPeer();
    return new Client(endpoint.open(upgrade, peer), peer);
  }

  static Headers offer(String subprotocols) {
    return Headers.of("Sec-WebSocket-Protocol", subprotocols);
  }

  /** The query with a key for the API. */
  String header(String key) {
    return "header=" + base64(credentials(key)) + "&payload=e30=";
  }

  String credentials(String key) {
    return "{\"host\":\"" + api.httpHost() + "\",\"x-api-key\":\"" + key + "\"}";
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Completes mutations createX with these results. */
  void mutate(String... payloads) {
    subscriptions.completed(
        api,
        Arrays.stream(payloads)
            .map(RealtimeFixture::json)
            .map(payload -> new CompletedMutation("createX", !payload.isNull(), () -> payload))
            .toList(),
        new RequestEffects());
  }

  /** Completes a mutation that only invalidates. */
  void invalidate(String field, String payload) {
    var effects = new RequestEffects();
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("subscriptionField", field);
    request.set("payload", json(payload));
    effects.add(new RequestEffects.Effect.Invalidation(request));
    subscriptions.completed(
        api, List.of(new CompletedMutation("logout", true, () -> json("{}"))), effects);
  }

  /** The journal's entries of that type, as their details. */
  List<Map<String, String>> journal(String type) {
    return journal.select(entry -> entry.event().type().equals("appsync." + type)).stream()
        .map(entry -> entry.event().details())
        .toList();
  }

  /** Reads JSON in which apostrophes stand for quotation marks. */
  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  /** A client's end of a connection. */
  record Client(WebSocketListener server, RecordingPeer peer) {
    Client send(String frame) {
      server.onText(frame.replace('\'', '"'));
      return this;
    }

    Client init() {
      return send("{'type':'connection_init'}");
    }

    Client start(String id, String field, String variables) {
      return start(id, field, variables, "good");
    }

    Client start(String id, String field, String variables, String key) {
      ObjectNode data = JsonNodeFactory.instance.objectNode().put("query", field);
      data.set("variables", json(variables));
      ObjectNode frame = JsonNodeFactory.instance.objectNode().put("id", id).put("type", "start");
      ObjectNode payload = frame.putObject("payload").put("data", data.toString());
      payload.putObject("extensions").putObject("authorization").put("x-api-key", key);
      server.onText(frame.toString());
      return this;
    }

    Client stop(String id) {
      return send("{'type':'stop','id':'" + id + "'}");
    }

    /** The payloads received by a subscription. */
    List<JsonNode> payloads(String id) {
      return peer.frames("data").stream()
          .filter(frame -> frame.path("id").asText().equals(id))
          .map(frame -> frame.path("payload"))
          .toList();
    }
  }
}
