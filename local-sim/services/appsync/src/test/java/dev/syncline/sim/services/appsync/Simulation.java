// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.Verifier;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerLimits;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.FurtherPorts;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.WebSocketListener;
import dev.syncline.sim.service.settings.SignatureCheck;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import dev.syncline.sim.services.appsync.auth.GraphqlVerifier;
import dev.syncline.sim.services.appsync.auth.TokenIssuer;
import dev.syncline.sim.services.appsync.datasource.DataSourceCalls;
import dev.syncline.sim.services.appsync.graphql.data.GraphqlOutside;
import dev.syncline.sim.services.appsync.graphql.sources.SourceServices;
import dev.syncline.sim.services.appsync.realtime.RecordingPeer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The service on a manual clock, with one API that has the namespace {@code default} and a key. */
final class Simulation {
  static final Instant START = Instant.parse("2026-03-01T12:34:56Z");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PROVIDERS =
      "{'authProviders':[{'authType':'API_KEY'}],'connectionAuthModes':[{'authType':'API_KEY'}],"
          + "'defaultPublishAuthModes':[{'authType':'API_KEY'}],"
          + "'defaultSubscribeAuthModes':[{'authType':'API_KEY'}]}";

  final SimClock clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO);
  final Ids ids = new Ids(7);
  final Journal journal = new Journal(clock);
  final FaultPlan faults = new FaultPlan(journal, ids);
  final Dispatcher dispatcher = new Dispatcher(clock, faults);
  final AppSyncService service;
  final String apiId;
  final String httpHost;
  final String realtimeHost;
  final String dnsId;
  final String key;

  Simulation() {
    this(EventsLimits.AWS);
  }

  Simulation(EventsLimits limits) {
    service =
        new AppSyncService(
            new AppSyncComponents(
                clock,
                ids,
                journal,
                faults,
                "111111111111",
                "us-east-1",
                limits,
                hosts -> Verifier.NONE,
                new HandlerEngine(clock, ids, HandlerLimits.DEFAULT),
                DataSourceCalls.NONE,
                (group, stream, time, line) -> {},
                Tolerances.NONE,
                outside()),
            List.of());
    dispatcher.register(service);
    JsonNode api = createApi("main");
    apiId = api.path("apiId").asText();
    httpHost = api.path("dns").path("HTTP").asText();
    realtimeHost = api.path("dns").path("REALTIME").asText();
    dnsId = httpHost.substring(0, httpHost.indexOf('.'));
    createNamespace(apiId, "default");
    key = createKey(apiId);
  }

  /** Without functions, and with ports that are not opened. */
  private GraphqlOutside outside() {
    var functions =
        new FunctionCall(
            clock, ids, dispatcher, "111111111111", "us-east-1", Duration.ofSeconds(30));
    return new GraphqlOutside(
        new GraphqlVerifier(
            clock,
            id -> Optional.empty(),
            SignatureCheck.STRUCTURE,
            new TokenIssuer(clock, ids),
            functions,
            "111111111111",
            "us-east-1"),
        new SourceServices(
            clock,
            functions,
            dispatcher,
            () -> new CallContext("111111111111", "us-east-1", "request", "", new byte[0]),
            () -> {
              throw new AssertionError("no HTTP here");
            },
            List.of(),
            () -> (role, action, resource) -> true,
            SourceServices.sessions(clock, dispatcher)),
        () -> {
          throw new AssertionError("no metrics here");
        },
        () ->
            new FurtherPorts() {
              @Override
              public int open(int wanted) {
                return wanted;
              }

              @Override
              public void close(int port) {
                // Was not opened.
              }
            },
        () -> URI.create("http://127.0.0.1:4566"));
  }

  JsonNode createApi(String name) {
    return call("CreateApi", "{'name':'" + name + "','eventConfig':" + PROVIDERS + "}").path("api");
  }

  void createNamespace(String api, String name) {
    call("CreateChannelNamespace", "{'apiId':'" + api + "','name':'" + name + "'}");
  }

  String createKey(String api) {
    return call("CreateApiKey", "{'apiId':'" + api + "'}").at("/apiKey/id").asText();
  }

  /** Calls an operation; apostrophes stand for quotation marks. */
  JsonNode call(String operation, String input) {
    var context = new CallContext("111111111111", "us-east-1", "request", "", new byte[0]);
    // As it looks on the wire: a tree that was never written tells an int from a long.
    return json(
        dispatcher
            .call("appsync", operation, (ObjectNode) json(input.replace('\'', '"')), context)
            .json()
            .toString());
  }

  /** The raw body that an operation answers, as text. */
  String raw(String operation, ObjectNode input) {
    var context = new CallContext("111111111111", "us-east-1", "request", "", new byte[0]);
    byte[] body = dispatcher.call("appsync", operation, input, context).raw();
    return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
  }

  /** Calls an operation that fails. */
  AwsException fail(String operation, String input) {
    AwsException failure = catchThrowableOfType(AwsException.class, () -> call(operation, input));
    assertThat(failure).as(operation + " " + input).isNotNull();
    return failure;
  }

  /** Publishes over HTTP at the API's own host. */
  HttpResponse publish(String channel, String... events) {
    return post(httpHost, "/event", key, publishBody(channel, events));
  }

  HttpResponse post(String host, String path, String apiKey, String body) {
    return send("POST", host, path, Headers.of("host", host, "x-api-key", apiKey), body);
  }

  HttpResponse send(String method, String host, String path, Headers headers, String body) {
    var request =
        new HttpRequest(
            method, path, "", headers, body.getBytes(StandardCharsets.UTF_8), "127.0.0.1", false);
    assertThat(service.endpoints().getLast().claims(request)).as("claims " + host + path).isTrue();
    try {
      return clock.call(() -> service.endpoints().getLast().answer(request));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String publishBody(String channel, String... events) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("channel", channel);
    var list = body.putArray("events");
    for (String event : events) {
      list.add(event);
    }
    return body.toString();
  }

  /** Connects at the API's realtime host with its key. */
  Client connect() {
    return connect(realtimeHost, "/event/realtime", subprotocols(httpHost, key));
  }

  Client connect(String host, String path, Headers headers) {
    var upgrade =
        new HttpRequest(
            "GET", path, "", headers.with("Host", host), new byte[0], "127.0.0.1", false);
    assertThat(service.webSocketEndpoints().getFirst().claims(upgrade)).isTrue();
    assertThat(service.webSocketEndpoints().getFirst().subprotocol(upgrade))
        .contains("aws-appsync-event-ws");
    var peer = new RecordingPeer();
    return new Client(service.webSocketEndpoints().getFirst().open(upgrade, peer), peer, key);
  }

  static Headers subprotocols(String host, String apiKey) {
    return carrier(
        JsonNodeFactory.instance
            .objectNode()
            .put("host", host)
            .put("x-api-key", apiKey)
            .toString());
  }

  /** The subprotocol carrier with that text, valid or not. */
  static Headers carrier(String text) {
    String base64 =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return Headers.of("Sec-WebSocket-Protocol", "aws-appsync-event-ws, header-" + base64);
  }

  /** The journal's entries of that type, as their details. */
  List<Map<String, String>> journal(String type) {
    return journal.select(entry -> entry.event().type().equals("appsync." + type)).stream()
        .map(entry -> entry.event().details())
        .toList();
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  static JsonNode body(HttpResponse response) {
    return json(new String(response.body(), StandardCharsets.UTF_8));
  }

  /** A client's end of a connection. */
  record Client(WebSocketListener server, RecordingPeer peer, String key) {
    Client send(String frame) {
      server.onText(frame);
      return this;
    }

    Client init() {
      return send("{\"type\":\"connection_init\"}");
    }

    Client subscribe(String id, String channel) {
      return send(operation("subscribe", id, channel).toString());
    }

    Client unsubscribe(String id) {
      return send("{\"type\":\"unsubscribe\",\"id\":\"" + id + "\"}");
    }

    Client publish(String id, String channel, String... events) {
      ObjectNode frame = operation("publish", id, channel);
      var list = frame.putArray("events");
      for (String event : events) {
        list.add(event);
      }
      return send(frame.toString());
    }

    private ObjectNode operation(String type, String id, String channel) {
      ObjectNode frame =
          JsonNodeFactory.instance
              .objectNode()
              .put("type", type)
              .put("id", id)
              .put("channel", channel);
      frame.putObject("authorization").put("x-api-key", key);
      return frame;
    }
  }
}
