// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
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
import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolGroup;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserPool;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import dev.syncline.sim.services.cognito.trigger.LambdaTriggers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A pool with a client and a user, and a function that answers as a test says. */
public final class TokenFixture implements AutoCloseable {
  public static final String ACCOUNT = "111111111111";
  public static final String POOL = "us-east-1_Ab1Cd2Ef3";
  public static final String CLIENT = "1example23456789client0000";
  public static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:trigger";
  public static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  public final SimClock clock = new SimClock(new ClockMode.Manual(), START);
  public final PoolStore store = new PoolStore();
  public final LambdaTriggers triggers;
  public final TokenParts parts;
  public final PoolTokenService tokens;
  public final ServiceContext context;

  /** The events that the function got. */
  public final List<ObjectNode> events = new CopyOnWriteArrayList<>();

  /** Who called the function. */
  public final List<CallPrincipal> callers = new CopyOnWriteArrayList<>();

  /** What the function does; it returns its event by default. */
  public Function<ObjectNode, Output> function = TokenFixture::returned;

  /** Whether the function's policy allows the calls of the pool. */
  public boolean permitted = true;

  /** With AWS's issuer. */
  public TokenFixture() {
    this(CognitoSettings.DEFAULT);
  }

  /** With these settings. */
  public TokenFixture(CognitoSettings settings) {
    var ids = new Ids(7);
    var journal = new Journal(clock);
    var faults = new FaultPlan(journal, ids);
    var dispatcher = new Dispatcher(clock, faults);
    var contracts = new Contracts();
    contracts.provide(
        InvokePermissions.class,
        (name, caller, sourceArn, account) ->
            permitted
                && name.equals(FUNCTION)
                && caller.equals("cognito-idp.amazonaws.com")
                && sourceArn.equals(pool().arn())
                && account.equals(ACCOUNT));
    context =
        new ServiceContext(
            clock,
            ids.split("cognito"),
            journal,
            faults,
            dispatcher,
            contracts,
            Settings.NONE.with(settings),
            ACCOUNT,
            "us-east-1",
            Path.of("."),
            () -> URI.create("http://127.0.0.1:4566"));
    dispatcher.register(new Functions());
    triggers = new LambdaTriggers(context);
    parts = new TokenParts(context, store, new PoolItems(), triggers);
    tokens = parts.service();
    pool(Json.object());
    client(Json.object());
    user("alice", Map.of("email", "alice@example.com", "email_verified", "true"));
  }

  private final class Functions extends RoomService {
    Functions() {
      super(
          "lambda",
          "AWS Lambda",
          new Protocol.RestJson(),
          new ServiceParts(
              List.of(
                  Operation.of("Invoke: FunctionName, InvocationType", TokenFixture.this::invoke)),
              ServiceState.NONE));
    }
  }

  private Output invoke(Input input, CallContext callContext) {
    assertThat(input.text("FunctionName")).contains(FUNCTION);
    ObjectNode event = object(callContext.body());
    events.add(event);
    callers.add(callContext.caller());
    return function.apply(event.deepCopy());
  }

  /** The function returns this. */
  public static Output returned(JsonNode value) {
    return Output.raw(200, Map.of(), Json.writeBytes(value));
  }

  /** The function fails. */
  public static Output failed(String message) {
    return Output.raw(
        200,
        Map.of("X-Amz-Function-Error", "Unhandled"),
        Json.writeBytes(Json.object().put("errorMessage", message).put("errorType", "Error")));
  }

  /** The pool. */
  public UserPool pool() {
    return store.pool(POOL);
  }

  /** Replaces the pool's settings. */
  public UserPool pool(ObjectNode settings) {
    store.put(
        new UserPool(
            POOL,
            "arn:aws:cognito-idp:us-east-1:111111111111:userpool/" + POOL,
            "people",
            START,
            START,
            settings));
    return pool();
  }

  /** Gives the pool a PreTokenGeneration trigger. */
  public void trigger(@Nullable String version) {
    ObjectNode settings = Json.object();
    ObjectNode config = settings.putObject("LambdaConfig").put("PreTokenGeneration", FUNCTION);
    if (version != null) {
      config
          .putObject("PreTokenGenerationConfig")
          .put("LambdaArn", FUNCTION)
          .put("LambdaVersion", version);
    }
    pool(settings);
  }

  /** The client. */
  public AppClient client() {
    return store.findClient(CLIENT).orElseThrow();
  }

  /** Replaces the client's settings. */
  public AppClient client(ObjectNode settings, String... secrets) {
    return client(CLIENT, settings, secrets);
  }

  /** Adds a client. */
  public AppClient client(String id, ObjectNode settings, String... secrets) {
    var client = new AppClient(id, POOL, "app", List.of(secrets), START, START, settings);
    store.put(client);
    return client;
  }

  /** A user. */
  public PoolUser user(String name) {
    return store.findUser(POOL, name, true).orElseThrow();
  }

  /** Adds a user. */
  public PoolUser user(String name, Map<String, String> attributes) {
    var user =
        new PoolUser(
            name,
            "64684428-c021-7049-51b0-" + name,
            new LinkedHashMap<>(attributes),
            UserStatus.CONFIRMED,
            true,
            START,
            START,
            null,
            UserFactors.NONE);
    store.add(POOL, user);
    return user;
  }

  /** Puts a user into a group. */
  public void join(String user, String group, @Nullable String role, @Nullable Integer precedence) {
    var made = new PoolGroup(group, POOL, null, role, precedence, START, START);
    store.put(made);
    store.join(made, user);
  }

  /** A sign-in of alice by API. */
  public ObjectNode signIn() {
    return issue(
        TokenService.Grant.signIn(
            pool(), client(), user("alice"), "TokenGeneration_Authentication", Map.of()));
  }

  /** Issues tokens as a request does. */
  public ObjectNode issue(TokenService.Grant grant) {
    return call(() -> tokens.issue(grant));
  }

  /** Refreshes as a request does. */
  public ObjectNode refresh(String token) {
    return call(() -> tokens.refresh(client(), token, Map.of()));
  }

  /** Runs work as a request. */
  public <T> T call(java.util.concurrent.Callable<T> work) {
    try {
      return clock.call(work);
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** The claims of a token. */
  public static ObjectNode claims(String token) {
    return part(token, 1);
  }

  /** The header or the claims of a token. */
  public static ObjectNode part(String token, int index) {
    return object(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
  }

  private static ObjectNode object(byte[] json) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(json);
    } catch (IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** The names of members in their order. */
  public static List<String> names(ObjectNode json) {
    var names = new ArrayList<String>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The error of a call as type, colon and message. */
  public static String error(java.util.concurrent.Callable<?> call) {
    try {
      call.call();
      return "no error";
    } catch (AwsException error) {
      return error.code() + ": " + error.text();
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Override
  public void close() {
    clock.close();
  }
}
