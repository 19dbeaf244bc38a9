// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.json;
import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.shown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The five authorization modes over HTTP: who enters, and the texts for who does not. */
class GraphqlAuthTest {
  private static final String POOL =
      "'userPoolConfig':{'userPoolId':'us-east-1_P','awsRegion':'us-east-1',"
          + "'defaultAction':'ALLOW'}";
  private static final String COGNITO = "'authenticationType':'AMAZON_COGNITO_USER_POOLS'," + POOL;
  private static final String AUTHORIZER =
      "'authenticationType':'AWS_LAMBDA','lambdaAuthorizerConfig':{'authorizerUri':"
          + "'arn:aws:lambda:us-east-1:111111111111:function:auth'";

  @TempDir private Path work;

  private static String refused(int status, String errorType, String message) {
    return status
        + " {\"errors\":[{\"errorType\":\""
        + errorType
        + "\",\"message\":\""
        + message
        + "\"}]}";
  }

  private static String unauthorized(String message) {
    return refused(401, "UnauthorizedException", message);
  }

  private static HttpResponse other(GraphqlWhole api, String... headers) {
    return api.query("{ other }", headers);
  }

  private static String mode(HttpResponse response) {
    return json(response).at("/data/other").asText(shown(response));
  }

  @Test
  void anApiKeyEntersUntilItExpires() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard()) {
      String key = api.key();
      String denied = unauthorized("You are not authorized to make this call.");

      assertThat(mode(other(api, "X-Api-Key", key))).isEqualTo("API Key Authorization");
      assertThat(shown(other(api))).isEqualTo(denied);
      assertThat(shown(other(api, "x-api-key", "da2-unknown"))).isEqualTo(denied);
      assertThat(other(api, "x-api-key", "no").headers().first("x-amzn-ErrorType"))
          .contains("UnauthorizedException");

      api.aws.simulator.clock().run(() -> api.aws.simulator.clock().pause(Duration.ofDays(8)));
      assertThat(shown(other(api, "x-api-key", key))).isEqualTo(denied);
    }
  }

  @Test
  void aTokenOfTheUserPoolEnters() {
    try (var api = new GraphqlWhole(work, COGNITO).standard()) {
      String id = api.token("'userPoolId':'us-east-1_P','username':'ann'");
      String access = api.token("'userPoolId':'us-east-1_P','use':'access'");
      String foreign = api.token("'userPoolId':'us-east-1_Q'");

      assertThat(mode(other(api, "Authorization", id))).isEqualTo("User Pool Authorization");
      assertThat(mode(other(api, "Authorization", access))).isEqualTo("User Pool Authorization");
      assertThat(mode(other(api, "Authorization", "Bearer " + id)))
          .isEqualTo("User Pool Authorization");
      assertThat(shown(other(api)))
          .isEqualTo(unauthorized("Valid authorization header not provided."));
      assertThat(shown(other(api, "Authorization", "")))
          .isEqualTo(unauthorized("Valid authorization header not provided."));
      assertThat(shown(other(api, "Authorization", "nonsense")))
          .isEqualTo(unauthorized("Unable to parse JWT token."));
      assertThat(shown(other(api, "Authorization", "AWS4-HMAC-SHA256 Credential=a")))
          .isEqualTo(unauthorized("Unable to parse JWT token."));
      assertThat(other(api, "Authorization", foreign).status()).isEqualTo(401);

      api.aws.simulator.clock().run(() -> api.aws.simulator.clock().pause(Duration.ofHours(2)));
      assertThat(shown(other(api, "Authorization", id)))
          .isEqualTo(unauthorized("Token has expired."));
    }
  }

  @Test
  void anAppClientMayBeRefused() {
    String settings =
        COGNITO.replace("'defaultAction'", "'appIdClientRegex':'^good$','defaultAction'");
    try (var api = new GraphqlWhole(work, settings).standard()) {
      String good = api.token("'userPoolId':'us-east-1_P','clientId':'good'");
      String bad = api.token("'userPoolId':'us-east-1_P','clientId':'bad'");

      assertThat(other(api, "Authorization", good).status()).isEqualTo(200);
      assertThat(other(api, "Authorization", bad).status()).isEqualTo(401);
    }
  }

  @Test
  void aTokenOfTheIssuerEnters() {
    String issuer = "http://127.0.0.1/_syncline/issuer";
    String settings =
        "'authenticationType':'OPENID_CONNECT','openIDConnectConfig':{'issuer':'" + issuer + "'}";
    try (var api = new GraphqlWhole(work, settings)) {
      String own = "http://127.0.0.1:" + api.aws.simulator.port() + "/_syncline/issuer";
      api.call(
          "UpdateGraphqlApi",
          "'name':'a','authenticationType':'OPENID_CONNECT','openIDConnectConfig':{'issuer':'"
              + own
              + "','clientId':'me'}");
      api.standard();

      assertThat(mode(other(api, "Authorization", api.token("'audience':'me'"))))
          .isEqualTo("Open ID Connect Authorization");
      assertThat(other(api, "Authorization", api.token("'audience':'you'")).status())
          .isEqualTo(401);
    }
  }

  private static HttpResponse signed(GraphqlWhole api, RequestSigner.Credentials credentials) {
    return signed(api, credentials, "POST", "", "{\"query\":\"{ other }\"}");
  }

  private static HttpResponse signed(
      GraphqlWhole api,
      RequestSigner.Credentials credentials,
      String method,
      String query,
      String body) {
    List<String> headers = new ArrayList<>();
    for (Map.Entry<String, String> header :
        RequestSigner.signed(
            method,
            api.host,
            "/graphql",
            query,
            List.of(Map.entry("content-type", "application/json")),
            body.getBytes(StandardCharsets.UTF_8),
            credentials,
            "us-east-1",
            "appsync",
            api.aws.simulator.clock().now())) {
      headers.add(header.getKey());
      headers.add(header.getValue());
    }
    return api.send(method, query, body, headers.toArray(String[]::new));
  }

  @Test
  void aSignedQueryInTheUrlEnters() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'AWS_IAM'").standard()) {
      var good = new RequestSigner.Credentials("test", "test", "");
      String query = "query=query+Q%7Bother%7D&operationName=Q".replace("+", "%20");

      assertThat(mode(signed(api, good, "GET", query, ""))).isEqualTo("IAM Authorization");
    }
  }

  @Test
  void aSignatureEnters() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'AWS_IAM'").standard()) {
      var good = new RequestSigner.Credentials("test", "test", "");
      var wrong = new RequestSigner.Credentials("test", "wrong", "");
      var unknown = new RequestSigner.Credentials("AKIAUNKNOWN", "test", "");

      assertThat(mode(signed(api, good))).isEqualTo("IAM Authorization");
      assertThat(shown(other(api))).isEqualTo(unauthorized("Missing authorization header"));
      assertThat(json(signed(api, wrong)).at("/errors/0/errorType").asText())
          .isEqualTo("InvalidSignatureException");
      assertThat(signed(api, wrong).status()).isEqualTo(403);
      assertThat(shown(signed(api, unknown)))
          .isEqualTo(
              refused(
                  403,
                  "UnrecognizedClientException",
                  "The security token included in the request is invalid."));
      assertThat(other(api, "Authorization", "AWS4-HMAC-SHA256 Credential=a").status())
          .isEqualTo(403);
    }
  }

  @Test
  void aRoleSeesTheFieldsThatItsPoliciesName() {
    try (var api = new GraphqlWhole(work, "'authenticationType':'AWS_IAM'").standard()) {
      api.aws.call(
          "iam", "CreateRole", "{'RoleName':'r','AssumeRolePolicyDocument':'" + trust() + "'}");
      api.aws.call(
          "iam",
          "PutRolePolicy",
          "{'RoleName':'r','PolicyName':'p','PolicyDocument':'"
              + policy("arn:aws:appsync:us-east-1:111111111111:apis/*/types/Query/fields/identity")
              + "'}");
      JsonNode session =
          api.aws
              .call(
                  "sts",
                  "AssumeRole",
                  "{'RoleArn':'arn:aws:iam::111111111111:role/r','RoleSessionName':'session'}")
              .path("Credentials");

      HttpResponse answer =
          signed(
              api,
              new RequestSigner.Credentials(
                  session.path("AccessKeyId").asText(),
                  session.path("SecretAccessKey").asText(),
                  session.path("SessionToken").asText()));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(json(answer).at("/errors/0/message").asText())
          .isEqualTo("Not Authorized to access other on type Query");
    }
  }

  private static String trust() {
    return ("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"}]}")
        .replace("\"", "\\'");
  }

  private static String policy(String resource) {
    return ("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
            + "\"appsync:GraphQL\",\"Resource\":\""
            + resource
            + "\"}]}")
        .replace("\"", "\\'");
  }

  @Test
  void aFunctionDecidesOnATokenOnceForItsTimeToLive() {
    var calls = new AtomicInteger();
    try (var api = new GraphqlWhole(work, AUTHORIZER + "}")) {
      api.standard();
      api.aws.function(
          "auth",
          "",
          event -> {
            calls.incrementAndGet();
            assertThat(event.at("/requestContext/queryString").asText()).isEqualTo("{ other }");
            assertThat(event.at("/requestContext/apiId").asText()).isEqualTo(api.apiId);
            assertThat(event.at("/requestContext/variables").isObject()).isTrue();
            assertThat(event.at("/requestHeaders/authorization").isTextual()).isTrue();
            return "{\"isAuthorized\":"
                + event.path("authorizationToken").asText().startsWith("good")
                + "}";
          });

      assertThat(mode(other(api, "Authorization", "good"))).isEqualTo("Lambda Authorization");
      assertThat(mode(other(api, "Authorization", "good"))).isEqualTo("Lambda Authorization");
      assertThat(calls).hasValue(1);
      assertThat(shown(other(api, "Authorization", "bad")))
          .isEqualTo(unauthorized("You are not authorized to make this call."));
      assertThat(shown(other(api)))
          .isEqualTo(unauthorized("Valid authorization header not provided."));

      api.aws.simulator.clock().run(() -> api.aws.simulator.clock().pause(Duration.ofMinutes(6)));
      other(api, "Authorization", "good");
      assertThat(calls).hasValue(3);
    }
  }

  @Test
  void aFunctionMayDenyFieldsAndShortenItsTimeToLive() {
    var calls = new AtomicInteger();
    try (var api =
        new GraphqlWhole(work, AUTHORIZER + ",'identityValidationExpression':'^t.*'}").standard()) {
      api.aws.function(
          "auth",
          "",
          event -> {
            calls.incrementAndGet();
            return "{\"isAuthorized\":true,\"ttlOverride\":0,\"resolverContext\":{\"k\":\"v\"},"
                + "\"deniedFields\":[\"Item.secret\",\"arn:aws:appsync:us-east-1:111111111111:apis/"
                + api.apiId
                + "/types/Query/fields/other\"]}";
          });

      HttpResponse answer =
          api.query("{ item(id: 1) { id secret } other identity }", "authorization", "token");

      assertThat(json(answer).at("/data").toString())
          .isEqualTo(
              "{\"item\":{\"id\":\"1\",\"secret\":null},\"other\":null,"
                  + "\"identity\":\"{\\\"resolverContext\\\":{\\\"k\\\":\\\"v\\\"}}\"}");
      assertThat(json(answer).at("/errors").findValuesAsText("message"))
          .containsExactlyInAnyOrder(
              "Not Authorized to access secret on type Item",
              "Not Authorized to access other on type Query");
      api.query("{ other }", "authorization", "token");
      assertThat(calls).hasValue(2);
      assertThat(api.query("{ other }", "authorization", "other").status()).isEqualTo(401);
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void theFormOfACredentialChoosesAmongSeveralModes() {
    String settings =
        "'authenticationType':'API_KEY','additionalAuthenticationProviders':["
            + "{'authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':"
            + "{'userPoolId':'us-east-1_P','awsRegion':'us-east-1'}},"
            + "{'authenticationType':'AWS_LAMBDA','lambdaAuthorizerConfig':{'authorizerUri':"
            + "'arn:aws:lambda:us-east-1:111111111111:function:auth'}},"
            + "{'authenticationType':'AWS_IAM'}]";
    try (var api = new GraphqlWhole(work, settings).standard()) {
      api.aws.function("auth", "", event -> "{\"isAuthorized\":true}");
      api.schema(
          GraphqlWhole.SCHEMA.replace(
              "other: String",
              "other: String @aws_api_key @aws_cognito_user_pools @aws_lambda @aws_iam"));
      String key = api.key();
      String pool = api.token("'userPoolId':'us-east-1_P'");

      assertThat(mode(other(api, "x-api-key", key))).isEqualTo("API Key Authorization");
      assertThat(mode(other(api, "authorization", pool))).isEqualTo("User Pool Authorization");
      assertThat(mode(other(api, "authorization", "opaque"))).isEqualTo("Lambda Authorization");
      assertThat(mode(signed(api, new RequestSigner.Credentials("test", "test", ""))))
          .isEqualTo("IAM Authorization");
      // A token of a foreign pool is not offered to the function.
      assertThat(other(api, "authorization", api.token("'userPoolId':'us-east-1_Q'")).status())
          .isEqualTo(401);
      HttpResponse unmarked = api.query("{ boom }", "authorization", pool);
      assertThat(unmarked.status()).isEqualTo(200);
      assertThat(json(unmarked).at("/errors/0/errorType").asText()).isEqualTo("Unauthorized");
      assertThat(json(unmarked).at("/errors/0/message").asText())
          .isEqualTo("Not Authorized to access boom on type Query");
    }
  }
}
