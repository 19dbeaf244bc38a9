// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.port.Router;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.Settings;
import dev.syncline.sim.service.contract.InvokePermissions;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.cognito.CognitoService;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pool with a domain, clients and a user, behind the port's router; and a browser. */
final class OAuthDomain implements AutoCloseable {
  static final String HOST = "people.auth.us-east-1.amazoncognito.com";
  static final String APP = "http://localhost:5173/callback";
  static final String PASSWORD = "Passw0rd!";

  final SimClock clock =
      new SimClock(new ClockMode.Manual(), Instant.parse("2026-03-04T05:06:07Z"));
  final Dispatcher dispatcher;
  final Router router;
  final Journal journal;
  final String poolId;
  final String clientId;
  final Map<String, String> cookies = new LinkedHashMap<>();
  private final ServiceContext context;

  OAuthDomain() {
    var ids = new Ids(5);
    journal = new Journal(clock);
    var faults = new FaultPlan(journal, ids);
    dispatcher = new Dispatcher(clock, faults);
    router = new Router(dispatcher, journal, ids, "111111111111", "us-east-1");
    var contracts = new Contracts();
    contracts.provide(
        InvokePermissions.class, (function, caller, sourceArn, sourceAccount) -> false);
    context =
        new ServiceContext(
            clock,
            ids.split("cognito"),
            journal,
            faults,
            dispatcher,
            contracts,
            Settings.NONE,
            "111111111111",
            "us-east-1",
            Path.of("."),
            () -> URI.create("http://127.0.0.1:4566"));
    var service = new CognitoService(context);
    dispatcher.register(service);
    service.endpoints().forEach(router::add);
    poolId = call("CreateUserPool", "{'PoolName': 'people'}").at("/UserPool/Id").asText();
    call("CreateUserPoolDomain", "{'UserPoolId': '" + poolId + "', 'Domain': 'people'}");
    call(
        "CreateResourceServer",
        "{'UserPoolId': '"
            + poolId
            + "', 'Identifier': 'api', 'Name': 'api', 'Scopes': [{'ScopeName': 'read',"
            + " 'ScopeDescription': 'r'}, {'ScopeName': 'write', 'ScopeDescription': 'w'}]}");
    clientId =
        client(
                "'AllowedOAuthFlows': ['code', 'implicit'], 'AllowedOAuthScopes': ['openid',"
                    + " 'email', 'profile', 'aws.cognito.signin.user.admin'], 'CallbackURLs': ['"
                    + APP
                    + "'], 'LogoutURLs': ['http://localhost:5173/']")
            .path("ClientId")
            .asText();
    user("alice", true);
  }

  /** Creates a client that may use OAuth. */
  JsonNode client(String members) {
    return call(
            "CreateUserPoolClient",
            "{'UserPoolId': '"
                + poolId
                + "', 'ClientName': 'app', 'AllowedOAuthFlowsUserPoolClient': true,"
                + " 'SupportedIdentityProviders': ['COGNITO'], "
                + members
                + "}")
        .path("UserPoolClient");
  }

  /** Creates a user with {@link #PASSWORD}. */
  void user(String name, boolean permanent) {
    String user = "{'UserPoolId': '" + poolId + "', 'Username': '" + name + "', ";
    call(
        "AdminCreateUser",
        user
            + "'MessageAction': 'SUPPRESS', 'UserAttributes': [{'Name': 'email', 'Value': '"
            + name
            + "@example.com'}, {'Name': 'email_verified', 'Value': 'true'}]}");
    call(
        "AdminSetUserPassword",
        user + "'Password': '" + PASSWORD + "', 'Permanent': " + permanent + "}");
  }

  /** Calls an operation with single quotes for double ones. */
  JsonNode call(String operation, String input) {
    ObjectNode json = json(input.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    try {
      return clock.call(
          () -> dispatcher.call("cognito", operation, json, context.internalCall()).json());
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  static ObjectNode json(byte[] text) {
    try {
      return (ObjectNode) Json.MAPPER.readTree(text);
    } catch (IOException malformed) {
      throw new AssertionError(malformed);
    }
  }

  static ObjectNode json(HttpResponse response) {
    return json(response.body());
  }

  static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String location(HttpResponse response) {
    return response.headers().first("Location").orElse("");
  }

  /** Sends a request as the browser, with its cookies. */
  HttpResponse send(String method, String target, String form, String... headers) {
    return sendTo(HOST, method, target, form, headers);
  }

  HttpResponse sendTo(String host, String method, String target, String form, String... headers) {
    int question = target.indexOf('?');
    var all = new ArrayList<Map.Entry<String, String>>();
    all.add(Map.entry("Host", host));
    if (!form.isEmpty()) {
      all.add(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
    }
    if (!cookies.isEmpty()) {
      var pairs = new ArrayList<String>();
      cookies.forEach((name, value) -> pairs.add(name + "=" + value));
      all.add(Map.entry("Cookie", String.join("; ", pairs)));
    }
    all.addAll(Headers.of(headers).entries());
    var request =
        new HttpRequest(
            method,
            question < 0 ? target : target.substring(0, question),
            question < 0 ? "" : target.substring(question + 1),
            new Headers(all),
            form.getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            false);
    HttpResponse response;
    try {
      response = clock.call(() -> router.answer(request));
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
    for (String cookie : response.headers().all("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    return response;
  }

  /** The query of an authorize request of the client. */
  String query(String... more) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("client_id", clientId);
    parameters.put("redirect_uri", APP);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return encoded(parameters);
  }

  static String form(String... namesAndValues) {
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return encoded(parameters);
  }

  private static String encoded(Map<String, String> parameters) {
    List<String> pairs = new ArrayList<>();
    parameters.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return String.join("&", pairs);
  }

  /** Fills in the login form. */
  HttpResponse login(String query, String user, String password) {
    HttpResponse page = send("GET", "/login?" + query, "");
    return send(
        "POST",
        "/login?" + query,
        form("_csrf", hidden(page, "_csrf"), "username", user, "password", password));
  }

  /** The value of a hidden field. */
  static String hidden(HttpResponse page, String name) {
    Matcher field = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(text(page));
    return field.find() ? field.group(1) : "";
  }

  /** A parameter of the address that the browser is sent to. */
  static String parameter(HttpResponse response, String name) {
    String location = location(response);
    for (String pair : location.substring(location.indexOf('?') + 1).split("[&#]", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /** A code of alice. */
  String code(String... more) {
    return parameter(login(query(more), "alice", PASSWORD), "code");
  }

  /** Exchanges a code. */
  HttpResponse exchange(String code, String... more) {
    String basic =
        form(
            "grant_type",
            "authorization_code",
            "client_id",
            clientId,
            "redirect_uri",
            APP,
            "code",
            code);
    String further = form(more);
    return send("POST", "/oauth2/token", further.isEmpty() ? basic : basic + "&" + further);
  }

  @Override
  public void close() {
    clock.close();
  }
}
