// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.cognito.CognitoService;
import dev.syncline.sim.services.cognito.message.MessageSent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** The room of user pools on a clock that stands still, with a function for every trigger. */
final class AuthFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-09-04T01:00:00Z");
  static final String PASSWORD = "Passw0rd!";
  static final String WRONG = "NotAuthorizedException: Incorrect username or password.";

  private static final String ACCOUNT = "111111111111";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:trigger";

  final SimClock clock = new SimClock(new ClockMode.Manual(), START);
  final Journal journal = new Journal(clock);
  final AwsService service;
  final Dispatcher dispatcher;

  /** The events that the triggers got. */
  final List<ObjectNode> events = new ArrayList<>();

  /** What the function does; it returns its event by default. */
  UnaryOperator<ObjectNode> function = event -> event;

  String pool = "";
  String client = "";

  AuthFixture() {
    this(7);
  }

  AuthFixture(long seed) {
    var ids = new Ids(seed);
    var faults = new FaultPlan(journal, ids);
    dispatcher = new Dispatcher(clock, faults);
    var contracts = new Contracts();
    contracts.provide(InvokePermissions.class, (name, caller, source, account) -> true);
    service =
        new CognitoService(
            new ServiceContext(
                clock,
                ids.split("cognito"),
                journal,
                faults,
                dispatcher,
                contracts,
                Settings.NONE,
                ACCOUNT,
                "us-east-1",
                Path.of("."),
                () -> URI.create("http://127.0.0.1:4566")));
    dispatcher.register(service);
    dispatcher.register(new Functions());
  }

  private final class Functions extends RoomService {
    Functions() {
      super(
          "lambda",
          "AWS Lambda",
          new Protocol.RestJson(),
          new ServiceParts(
              List.of(
                  Operation.of("Invoke: FunctionName, InvocationType", AuthFixture.this::invoke)),
              ServiceState.NONE));
    }
  }

  private Output invoke(Input input, CallContext context) {
    ObjectNode event = json(new String(context.body(), StandardCharsets.UTF_8));
    events.add(event);
    return Output.raw(200, Map.of(), Json.writeBytes(function.apply(event.deepCopy())));
  }

  /** A pool and a client with the usual flows. */
  AuthFixture people(String poolSettings, String clientSettings) {
    pool =
        call("CreateUserPool", "{'PoolName': 'people', " + poolSettings + "}")
            .at("/UserPool/Id")
            .asText();
    client = client(clientSettings).path("ClientId").asText();
    return this;
  }

  /** As {@link #people(String, String)}, with defaults. */
  AuthFixture people() {
    return people("'UserPoolTags': {}", "'EnableTokenRevocation': true");
  }

  /** Adds a client; its settings may replace the usual flows. */
  JsonNode client(String settings) {
    String flows =
        settings.contains("ExplicitAuthFlows")
            ? ""
            : "'ExplicitAuthFlows': ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH',"
                + " 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH',"
                + " 'ALLOW_CUSTOM_AUTH', 'ALLOW_USER_AUTH'], ";
    return call(
            "CreateUserPoolClient",
            "{'UserPoolId': '" + pool + "', 'ClientName': 'web', " + flows + settings + "}")
        .path("UserPoolClient");
  }

  /** The triggers of a pool, each with the same function. */
  static String triggers(String... names) {
    var config = new ArrayList<String>();
    for (String name : names) {
      config.add("'" + name + "': '" + FUNCTION + "'");
    }
    return "'LambdaConfig': {" + String.join(", ", config) + "}";
  }

  /** A confirmed user with {@link #PASSWORD} and a verified address. */
  void user(String name) {
    user(
        name,
        "'UserAttributes': [{'Name': 'email', 'Value': '"
            + name
            + "@example.com'},"
            + " {'Name': 'email_verified', 'Value': 'true'}]");
  }

  /** A confirmed user with {@link #PASSWORD}. */
  void user(String name, String settings) {
    admin("AdminCreateUser", name, "'MessageAction': 'SUPPRESS', " + settings);
    admin("AdminSetUserPassword", name, "'Password': '" + PASSWORD + "', 'Permanent': true");
  }

  /** Calls an operation of administrators on a user. */
  ObjectNode admin(String operation, String name, String more) {
    return call(
        operation,
        "{'UserPoolId': '"
            + pool
            + "', 'Username': '"
            + name
            + "'"
            + (more.isEmpty() ? "" : ", " + more)
            + "}");
  }

  /** Signs in by the password itself. */
  ObjectNode signIn(String name, String password) {
    return initiate(
        "USER_PASSWORD_AUTH", "'USERNAME': '" + name + "', 'PASSWORD': '" + password + "'");
  }

  /** Starts a flow. */
  ObjectNode initiate(String flow, String parameters) {
    return call(
        "InitiateAuth",
        "{'ClientId': '"
            + client
            + "', 'AuthFlow': '"
            + flow
            + "', 'AuthParameters': {"
            + parameters
            + "}}");
  }

  /** Answers a challenge. */
  ObjectNode respond(JsonNode challenge, String parameters) {
    return respond(
        challenge.path("ChallengeName").asText(), challenge.path("Session").asText(), parameters);
  }

  /** Answers a challenge. */
  ObjectNode respond(String challenge, String session, String parameters) {
    return call(
        "RespondToAuthChallenge",
        "{'ClientId': '"
            + client
            + "', 'ChallengeName': '"
            + challenge
            + "', "
            + (session.isEmpty() ? "" : "'Session': '" + session + "', ")
            + "'ChallengeResponses': {"
            + parameters
            + "}}");
  }

  /** The access token of a sign-in. */
  String accessToken(String name) {
    return signIn(name, PASSWORD).at("/AuthenticationResult/AccessToken").asText();
  }

  /** An operation of the client with a user name. */
  ObjectNode ofClient(String operation, String name, String more) {
    return call(
        operation,
        "{'ClientId': '"
            + client
            + "', 'Username': '"
            + name
            + "'"
            + (more.isEmpty() ? "" : ", " + more)
            + "}");
  }

  /** Calls an operation; the input has single quotes. */
  ObjectNode call(String operation, String input) {
    ObjectNode json = json(input.replace('\'', '"'));
    return run(
        () ->
            dispatcher
                .call(
                    service.id(),
                    operation,
                    json,
                    new CallContext(ACCOUNT, "us-east-1", "r", "", new byte[0]))
                .json());
  }

  private <T> T run(Callable<T> work) {
    try {
      return clock.call(work);
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** Gets a page of the room's own paths, and returns its status and its body. */
  String get(String target) {
    int query = target.indexOf('?');
    var request =
        new HttpRequest(
            "GET",
            target.substring(0, query),
            target.substring(query + 1),
            Headers.of(),
            new byte[0],
            "127.0.0.1",
            false);
    HttpEndpoint claiming =
        service.endpoints().stream()
            .filter(endpoint -> endpoint.claims(request))
            .findFirst()
            .orElseThrow();
    HttpResponse response = run(() -> claiming.answer(request));
    return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** The error of a call as type, colon and message. */
  static String error(Runnable call) {
    try {
      call.run();
      return "no error";
    } catch (AwsException error) {
      return error.code() + ": " + error.text();
    }
  }

  /** The last message that was sent. */
  MessageSent message() {
    return messages().getLast();
  }

  /** Every message, the oldest first. */
  List<MessageSent> messages() {
    return journal.since(0).stream()
        .map(Journal.Entry::event)
        .filter(MessageSent.class::isInstance)
        .map(MessageSent.class::cast)
        .toList();
  }

  /** A code of that many digits that was not sent. */
  String wrongCode() {
    String sent = message().code();
    return (sent.charAt(0) == '1' ? '2' : '1') + sent.substring(1);
  }

  void advance(Duration time) {
    clock.advance(time);
  }

  @Override
  public void close() {
    clock.close();
  }
}
