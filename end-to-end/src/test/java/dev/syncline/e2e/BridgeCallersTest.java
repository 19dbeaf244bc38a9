// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.testing.TestZip;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The bridge behind each kind of authorizer: a caller has its own idempotency keys, and the work of
 * another caller does not exist for it.
 */
@Timeout(600)
class BridgeCallersTest {
  @RegisterExtension static final SharedDeployment DEPLOYMENT = SharedDeployment.stepFunctions();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final AtomicInteger AUTHORIZERS = new AtomicInteger();
  private static final String KEY = "order-1001";
  private static final String PASSWORD = "Passw0rd-of-the-user";
  private static final String URI_FORM =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations";

  /** Lets every caller in, as the one that its credentials name. */
  private static final String AUTHORIZER =
      """
      def handler(event, context):
          headers = {k.lower(): v for k, v in (event.get('headers') or {}).items()}
          who = event.get('authorizationToken') or headers['authorization']
          if event.get('version') == '2.0':
              return {'isAuthorized': True, 'context': {'customer': who}}
          return {'principalId': who, 'policyDocument': {'Version': '2012-10-17', 'Statement': [
              {'Effect': 'Allow', 'Action': 'execute-api:Invoke', 'Resource': '*'}]}}
      """;

  @AfterAll
  static void end() {
    HTTP.shutdownNow();
  }

  private static JsonNode call(String service, String operation, ObjectNode input) {
    return DEPLOYMENT.get().call(service, operation, input);
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  @Test
  void behindAUserPoolOfARestApi() throws Exception {
    var pool = new Pool();
    ObjectNode authorizer = object().put("name", "pool").put("type", "COGNITO_USER_POOLS");
    authorizer.putArray("providerARNs").add(pool.arn);
    behindRest(authorizer, "COGNITO_USER_POOLS");
    tellsCallersApart(restUrl(), pool.idToken("ann"), pool.idToken("ann"), pool.idToken("bob"));
  }

  @Test
  void behindALambdaAuthorizerOfARestApi() throws Exception {
    ObjectNode authorizer =
        object()
            .put("name", "function")
            .put("type", "TOKEN")
            .put("authorizerUri", URI_FORM.formatted(authorizer()));
    behindRest(authorizer, "CUSTOM");
    tellsCallersApart(restUrl(), "ann", "ann", "bob");
  }

  @Test
  void behindAJwtAuthorizerOfAnHttpApi() throws Exception {
    var pool = new Pool();
    for (String format : new String[] {"1.0", "2.0"}) {
      ObjectNode authorizer = object().put("name", "jwt").put("authorizerType", "JWT");
      ObjectNode settings = authorizer.putObject("jwtConfiguration").put("issuer", pool.issuer);
      settings.putArray("audience").add(pool.client);
      String url = behindHttp(authorizer, "JWT", format);
      // An ID token and an access token are of the same caller.
      tellsCallersApart(
          url, pool.idToken("ann"), pool.token("ann", "AccessToken"), pool.idToken("bob"));
    }
  }

  @Test
  void behindALambdaAuthorizerOfAnHttpApi() throws Exception {
    String function = URI_FORM.formatted(authorizer());
    for (String format : new String[] {"1.0", "2.0"}) {
      ObjectNode authorizer =
          object()
              .put("name", "function")
              .put("authorizerType", "REQUEST")
              .put("authorizerUri", function)
              .put("authorizerPayloadFormatVersion", format);
      if (format.equals("2.0")) {
        authorizer.put("enableSimpleResponses", true);
      }
      tellsCallersApart(behindHttp(authorizer, "CUSTOM", format), "ann", "ann", "bob");
    }
  }

  /** Two credentials of one caller, and one of another. */
  private static void tellsCallersApart(String url, String ann, String annAgain, String bob)
      throws Exception {
    String work = post(url, ann);
    assertThat(post(url, annAgain)).isEqualTo(work);
    assertThat(post(url, bob)).isNotEqualTo(work);

    assertThat(get(url, ann, work).statusCode()).isIn(200, 202);
    assertThat(get(url, annAgain, work).statusCode()).isIn(200, 202);
    HttpResponse<String> foreign = get(url, bob, work);
    HttpResponse<String> absent = get(url, bob, "exec-0123456789abcdef0123456789abcdef");
    assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(404);
    assertThat(JSON.readTree(foreign.body()).path("detail"))
        .isEqualTo(JSON.readTree(absent.body()).path("detail"));
    HttpResponse<String> nobody =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url + "/event/" + work)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(nobody.statusCode()).isEqualTo(401);
  }

  /** The id of the work. */
  private static String post(String url, String token) throws Exception {
    HttpResponse<String> response;
    do {
      response =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(url + "/event"))
                  .header("Authorization", token)
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", KEY)
                  .header("Prefer", "respond-async")
                  .POST(HttpRequest.BodyPublishers.ofString(Deployed.person("Ada", "Lovelace")))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      // A busy machine may be too slow for the bridge; a keyed request may be repeated.
    } while (response.statusCode() >= 500);
    assertThat(response.statusCode()).as(response.body()).isIn(200, 202);
    return response.headers().firstValue("X-Correlation-Id").orElseThrow();
  }

  private static HttpResponse<String> get(String url, String token, String work) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url + "/event/" + work))
            .header("Authorization", token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String restUrl() {
    String url = DEPLOYMENT.get().api("/event").toString();
    return url.substring(0, url.length() - "/event".length());
  }

  private static ObjectNode restApi() {
    return object().put("restApiId", DEPLOYMENT.get().output("ApiId"));
  }

  private static Map<String, String> restResources() {
    var ids = new HashMap<String, String>();
    call("apigateway", "GetResources", restApi())
        .path("item")
        .forEach(one -> ids.put(one.path("path").asText(), one.path("id").asText()));
    return ids;
  }

  private static void behindRest(ObjectNode authorizer, String type) {
    authorizer
        .put("restApiId", DEPLOYMENT.get().output("ApiId"))
        .put("identitySource", "method.request.header.Authorization")
        .put("authorizerResultTtlInSeconds", 0);
    String id = call("apigateway", "CreateAuthorizer", authorizer).path("id").asText();
    Map<String, String> resources = restResources();
    authorize(Objects.requireNonNull(resources.get("/event")), "POST", type, id);
    authorize(Objects.requireNonNull(resources.get("/event/{id}")), "GET", type, id);
    call(
        "apigateway",
        "CreateDeployment",
        restApi().put("stageName", DEPLOYMENT.get().output("StageName")));
  }

  private static void authorize(String resource, String method, String type, String id) {
    ObjectNode input = restApi().put("resourceId", resource).put("httpMethod", method);
    var patches = input.putArray("patchOperations");
    patches.addObject().put("op", "replace").put("path", "/authorizationType").put("value", type);
    patches.addObject().put("op", "replace").put("path", "/authorizerId").put("value", id);
    call("apigateway", "UpdateMethod", input);
  }

  /** A new HTTP API before the bridge; gives its URL. */
  private static String behindHttp(ObjectNode authorizer, String type, String format) {
    String api =
        call("apigatewayv2", "CreateApi", object().put("name", "b").put("protocolType", "HTTP"))
            .path("apiId")
            .asText();
    ObjectNode ofApi = object().put("apiId", api);
    String integration =
        call(
                "apigatewayv2",
                "CreateIntegration",
                ofApi
                    .deepCopy()
                    .put("integrationType", "AWS_PROXY")
                    .put("integrationUri", bridge())
                    .put("payloadFormatVersion", format))
            .path("integrationId")
            .asText();
    authorizer.put("apiId", api).putArray("identitySource").add("$request.header.Authorization");
    String id = call("apigatewayv2", "CreateAuthorizer", authorizer).path("authorizerId").asText();
    for (String route : new String[] {"POST /event", "GET /event/{id}"}) {
      call(
          "apigatewayv2",
          "CreateRoute",
          ofApi
              .deepCopy()
              .put("routeKey", route)
              .put("target", "integrations/" + integration)
              .put("authorizationType", type)
              .put("authorizerId", id));
    }
    call(
        "apigatewayv2",
        "CreateStage",
        ofApi.deepCopy().put("stageName", "$default").put("autoDeploy", true));
    permit(bridge(), "http" + api);
    return DEPLOYMENT.get().simulator().endpoint() + "/_aws/execute-api/" + api;
  }

  private static void permit(String function, String statement) {
    call(
        "lambda",
        "AddPermission",
        object()
            .put("FunctionName", function)
            .put("StatementId", statement)
            .put("Action", "lambda:InvokeFunction")
            .put("Principal", "apigateway.amazonaws.com"));
  }

  /** The ARN of the bridge's alias. */
  private static String bridge() {
    String uri =
        call(
                "apigateway",
                "GetIntegration",
                restApi()
                    .put("resourceId", restResources().get("/event"))
                    .put("httpMethod", "POST"))
            .path("uri")
            .asText();
    return uri.replaceAll(".*/functions/|/invocations", "");
  }

  /** The ARN of the authorizer's function. */
  private static String authorizer() throws Exception {
    AwsCli.requireCommand("python3");
    String name = "authorizer-" + AUTHORIZERS.incrementAndGet();
    ObjectNode input =
        object()
            .put("FunctionName", name)
            .put("Runtime", "python3.13")
            .put("Handler", "index.handler")
            .put("Role", "arn:aws:iam::000000000000:role/authorizer")
            .put("Timeout", 30);
    input.putObject("Code").put("ZipFile", TestZip.base64("index.py", AUTHORIZER));
    String arn = call("lambda", "CreateFunction", input).path("FunctionArn").asText();
    permit(name, "gateway");
    return arn;
  }

  /** A user pool with two users. */
  private static final class Pool {
    final String id;
    final String arn;
    final String issuer;
    final String client;

    Pool() {
      JsonNode pool =
          call("cognito", "CreateUserPool", object().put("PoolName", "callers")).path("UserPool");
      id = pool.path("Id").asText();
      arn = pool.path("Arn").asText();
      issuer = "https://cognito-idp.us-east-1.amazonaws.com/" + id;
      ObjectNode input = object().put("UserPoolId", id).put("ClientName", "c");
      input
          .putArray("ExplicitAuthFlows")
          .add("ALLOW_ADMIN_USER_PASSWORD_AUTH")
          .add("ALLOW_REFRESH_TOKEN_AUTH");
      client =
          call("cognito", "CreateUserPoolClient", input).at("/UserPoolClient/ClientId").asText();
      for (String user : new String[] {"ann", "bob"}) {
        ObjectNode named = object().put("UserPoolId", id).put("Username", user);
        call("cognito", "AdminCreateUser", named.deepCopy().put("MessageAction", "SUPPRESS"));
        call(
            "cognito",
            "AdminSetUserPassword",
            named.put("Password", PASSWORD).put("Permanent", true));
      }
    }

    String idToken(String user) {
      return token(user, "IdToken");
    }

    String token(String user, String kind) {
      ObjectNode input =
          object()
              .put("UserPoolId", id)
              .put("ClientId", client)
              .put("AuthFlow", "ADMIN_USER_PASSWORD_AUTH");
      input.putObject("AuthParameters").put("USERNAME", user).put("PASSWORD", PASSWORD);
      return call("cognito", "AdminInitiateAuth", input)
          .path("AuthenticationResult")
          .path(kind)
          .asText();
    }
  }
}
