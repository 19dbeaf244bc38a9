// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.LocalHttp;
import dev.syncline.sim.service.contract.TokenChecks;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.apigatewayv2.data.HttpApiCalls;
import dev.syncline.sim.services.apigatewayv2.data.HttpApiEndpoint;
import dev.syncline.sim.services.apigatewayv2.data.HttpApiEvent;
import dev.syncline.sim.services.apigatewayv2.data.HttpIntegrations;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** HTTP APIs on skipping time, with stand-ins for the rooms that they call. */
final class HttpApiFixture implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:";

  final SimClock clock =
      new SimClock(
          new ClockMode.Skipping(), Instant.parse("2026-03-04T05:06:07Z"), Duration.ofMillis(50));
  final Journal journal = new Journal(clock);
  final Ids ids = new Ids(11);
  final Dispatcher dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
  final List<String> logs = new ArrayList<>();
  final List<String> permitted = new ArrayList<>();
  final List<String> called = new ArrayList<>();

  /** Functions by name; each gets its event and answers its payload. */
  final Map<String, UnaryOperator<JsonNode>> functions = new HashMap<>();

  final HttpApiEndpoint endpoint;
  private boolean permission = true;

  HttpApiFixture() {
    var store = new HttpApiStore(clock, ids);
    var calls =
        new HttpApiCalls(
            clock,
            ids,
            dispatcher,
            (function, caller, sourceArn, account) -> {
              permitted.add(sourceArn);
              return permission;
            });
    endpoint =
        new HttpApiEndpoint(
            ids,
            journal,
            store::served,
            new HttpIntegrations(calls, Server::new, List.of()),
            () -> HttpApiFixture::check,
            (group, stream, time, message) -> logs.add(group + "|" + message),
            "111111111111",
            "us-east-1");
    dispatcher.register(new ApiGatewayV2Service(clock, ids, store, endpoint));
    dispatcher.register(
        neighbour(
            "lambda",
            Operation.of(
                "Invoke",
                (in, call) -> invoke(in.json(), call),
                "FunctionName",
                "InvocationType")));
    dispatcher.register(
        neighbour(
            "sqs",
            Operation.of("SendMessage", (in, call) -> send(in.json()), "QueueUrl", "MessageBody")));
    dispatcher.register(
        neighbour("iam", Operation.of("GetRole: RoleName", (in, call) -> role(in.json()))));
  }

  private static RoomService neighbour(String name, Operation operation) {
    return new RoomService(
        name,
        name,
        new Protocol.RestJson(),
        new ServiceParts(List.of(operation), ServiceState.NONE)) {};
  }

  void forbid() {
    permission = false;
  }

  private Output invoke(ObjectNode input, CallContext call) {
    String name = input.get("FunctionName").asText().replace(FUNCTION, "");
    try {
      JsonNode answer =
          Objects.requireNonNull(functions.get(name), name).apply(JSON.readTree(call.body()));
      return answer.has("errorMessage")
          ? Output.raw(200, Map.of("X-Amz-Function-Error", "Unhandled"), new byte[0])
          : Output.raw(200, Map.of(), JSON.writeValueAsBytes(answer));
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The only role is {@code r}. */
  private static Output role(ObjectNode input) {
    if (!input.get("RoleName").asText().equals("r")) {
      throw new AwsException("NoSuchEntity", 404, "The role cannot be found.");
    }
    return Output.of(JSON.createObjectNode());
  }

  private Output send(ObjectNode input) {
    called.add("SendMessage " + input);
    return Output.of(JSON.createObjectNode().put("MessageId", "m-1"));
  }

  /** Tokens are {@code subject:scope}; any other text is refused. */
  private static TokenChecks.Result check(String token, String issuer) {
    String text = token.replace("Bearer ", "");
    if (!text.contains(":")) {
      return new TokenChecks.Result.Invalid("the token is broken");
    }
    ObjectNode claims = JSON.createObjectNode();
    claims.put("sub", text.substring(0, text.indexOf(':'))).put("iss", issuer);
    claims.put("aud", "app").put("scope", text.substring(text.indexOf(':') + 1));
    claims.putArray("cognito:groups").add("a").add("b");
    return new TokenChecks.Result.Valid(claims);
  }

  /** Answers every request with its own line and headers. */
  private static final class Server implements LocalHttp {
    @Override
    public boolean serves(String host) {
      return host.equals("backend.local");
    }

    @Override
    public boolean serves(URI url) {
      return serves(url.getHost());
    }

    @Override
    public HttpResponse send(HttpRequest request) {
      String text =
          request.method()
              + " "
              + request.rawPath()
              + "?"
              + request.rawQuery()
              + " x="
              + String.join(",", request.headers().all("x"));
      return HttpResponse.text(200, text);
    }
  }

  /** Calls an operation with single quotes for double ones. */
  JsonNode call(String operation, String input) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(input.replace('\'', '"'));
      var context =
          new CallContext("111111111111", "us-east-1", ids.uuid().toString(), "", new byte[0]);
      return clock.call(() -> dispatcher.call("apigatewayv2", operation, json, context).json());
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** An API with a function behind one route, deployed automatically. */
  String api(String routeKey, String version) {
    String api = call("CreateApi", "{'name': 'a', 'protocolType': 'HTTP'}").get("apiId").asText();
    route(api, routeKey, version, "");
    call(
        "CreateStage",
        "{'apiId': '%s', 'stageName': '$default', 'autoDeploy': true}".formatted(api));
    return api;
  }

  /** Adds a route to the function {@code f}; {@code more} are members of the route. */
  String route(String api, String routeKey, String version, String more) {
    String integration =
        call(
                "CreateIntegration",
                "{'apiId': '%s', 'integrationType': 'AWS_PROXY', 'integrationUri': '%sf', 'payloadFormatVersion': '%s'}"
                    .formatted(api, FUNCTION, version))
            .get("integrationId")
            .asText();
    return call(
            "CreateRoute",
            "{'apiId': '%s', 'routeKey': '%s', 'target': 'integrations/%s'%s}"
                .formatted(api, routeKey, integration, more))
        .get("routeId")
        .asText();
  }

  /** Sends a request to the API's own host. */
  HttpResponse send(String api, String method, String target, String body, String... headers) {
    int question = target.indexOf('?');
    Headers all = Headers.of("Host", api + ".execute-api.us-east-1.amazonaws.com");
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    var request =
        new HttpRequest(
            method,
            question < 0 ? target : target.substring(0, question),
            question < 0 ? "" : target.substring(question + 1),
            all,
            body.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            true);
    try {
      return clock.call(() -> endpoint.answer(request));
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** JSON with single quotes for double ones. */
  static JsonNode json(String singleQuoted) {
    try {
      return JSON.readTree(singleQuoted.replace('\'', '"'));
    } catch (java.io.IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  /** The reasons of the gateway's own answers, in order. */
  List<String> reasons() {
    return journal.since(0).stream()
        .map(Journal.Entry::event)
        .filter(HttpApiEvent.Responded.class::isInstance)
        .map(event -> ((HttpApiEvent.Responded) event).reason())
        .toList();
  }

  /** The status and the body of an answer. */
  static String shown(HttpResponse response) {
    return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    clock.close();
  }
}
