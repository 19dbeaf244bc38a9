// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a user pool that the simulator has, at the APIs that take them. */
class PoolTokenConsumersTest {
  private static final String PASSWORD = "Passw0rd!";

  @TempDir Path work;
  private GraphqlWhole api;
  private String pool = "";
  private String client = "";

  @BeforeEach
  void createPool() {
    api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard();
    pool = call("CreateUserPool", "'PoolName':'p'").at("/UserPool/Id").asText();
    client = client(pool);
    user(pool, "ann");
    call("CreateGroup", in(pool) + ",'GroupName':'readers'");
    call("AdminAddUserToGroup", in(pool) + ",'Username':'ann','GroupName':'readers'");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private JsonNode call(String operation, String members) {
    return api.aws.call("cognito", operation, "{" + members + "}");
  }

  private static String in(String poolId) {
    return "'UserPoolId':'" + poolId + "'";
  }

  private String client(String poolId) {
    return call(
            "CreateUserPoolClient",
            in(poolId)
                + ",'ClientName':'c','ExplicitAuthFlows':['ALLOW_ADMIN_USER_PASSWORD_AUTH',"
                + "'ALLOW_REFRESH_TOKEN_AUTH']")
        .at("/UserPoolClient/ClientId")
        .asText();
  }

  private void user(String poolId, String name) {
    call("AdminCreateUser", in(poolId) + ",'Username':'" + name + "','MessageAction':'SUPPRESS'");
    call(
        "AdminSetUserPassword",
        in(poolId) + ",'Username':'" + name + "','Password':'" + PASSWORD + "','Permanent':true");
  }

  private JsonNode signIn(String poolId, String clientId) {
    return call(
            "AdminInitiateAuth",
            in(poolId)
                + ",'ClientId':'"
                + clientId
                + "','AuthFlow':'ADMIN_USER_PASSWORD_AUTH','AuthParameters':{'USERNAME':'ann',"
                + "'PASSWORD':'"
                + PASSWORD
                + "'}")
        .path("AuthenticationResult");
  }

  private static String forged(String token) {
    String[] parts = token.split("\\.", -1);
    String claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("readers", "writers");
    return parts[0]
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + parts[2];
  }

  private void useForGraphql(String poolId) {
    api.call(
        "UpdateGraphqlApi",
        "'name':'a','authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':"
            + "{'userPoolId':'"
            + poolId
            + "','awsRegion':'us-east-1','defaultAction':'ALLOW'}");
  }

  @Test
  void graphqlTakesTokensOfThePoolOnly() {
    useForGraphql(pool);
    JsonNode tokens = signIn(pool, client);

    for (String member : new String[] {"IdToken", "AccessToken"}) {
      HttpResponse answer =
          api.query("{ identity }", "authorization", tokens.path(member).asText());
      JsonNode identity = json(json(answer).at("/data/identity").asText());
      assertThat(identity.path("username").asText()).isEqualTo("ann");
      assertThat(identity.path("groups").toString()).isEqualTo("[\"readers\"]");
      assertThat(
              api.query("{ identity }", "authorization", "Bearer " + tokens.path(member).asText())
                  .status())
          .isEqualTo(200);
    }
    String id = tokens.path("IdToken").asText();
    assertThat(api.query("{ identity }", "authorization", forged(id)).status()).isEqualTo(401);
    String other = call("CreateUserPool", "'PoolName':'q'").at("/UserPool/Id").asText();
    user(other, "ann");
    String foreign = signIn(other, client(other)).path("IdToken").asText();
    assertThat(api.query("{ identity }", "authorization", foreign).status()).isEqualTo(401);
    assertThat(expired()).isEqualTo(401);
  }

  private int expired() {
    String token = api.token("'userPoolId':'" + pool + "','username':'ann','expiresInSeconds':-1");
    return api.query("{ identity }", "authorization", token).status();
  }

  @Test
  void groupsOfDirectivesAreThoseOfThePool() {
    useForGraphql(pool);
    api.schema(
        GraphqlWhole.SCHEMA.replace(
            "other: String", "other: String @aws_auth(cognito_groups: [\"writers\"])"));
    String token = signIn(pool, client).path("IdToken").asText();

    assertThat(json(api.query("{ other }", "authorization", token)).at("/errors/0/message"))
        .hasToString("\"Not Authorized to access other on type Query\"");

    call("CreateGroup", in(pool) + ",'GroupName':'writers'");
    call("AdminAddUserToGroup", in(pool) + ",'Username':'ann','GroupName':'writers'");
    String later = signIn(pool, client).path("IdToken").asText();
    assertThat(json(api.query("{ other }", "authorization", later)).has("errors")).isFalse();
  }

  @Test
  void theShortcutIssuerSignsWithThePoolsKeys() {
    useForGraphql(pool);
    String id = api.token("'userPoolId':'" + pool + "','username':'bob'");
    String access = api.token("'userPoolId':'" + pool + "','username':'bob','use':'access'");

    assertThat(api.query("{ identity }", "authorization", id).status()).isEqualTo(200);
    assertThat(api.query("{ identity }", "authorization", access).status()).isEqualTo(200);
    JsonNode real = signIn(pool, client);
    assertThat(keyOf(id)).isEqualTo(keyOf(real.path("IdToken").asText()));
    assertThat(keyOf(access)).isEqualTo(keyOf(real.path("AccessToken").asText()));
  }

  private static String keyOf(String token) {
    return token.substring(0, token.indexOf('.'));
  }

  @Test
  void eventApisTakeTokensOfThePoolOnly() {
    String mode = "[{'authType':'AMAZON_COGNITO_USER_POOLS'}]";
    JsonNode made =
        api.aws.call(
            "appsync",
            "CreateApi",
            "{'name':'e','eventConfig':{'authProviders':[{'authType':"
                + "'AMAZON_COGNITO_USER_POOLS','cognitoConfig':{'userPoolId':'"
                + pool
                + "','awsRegion':'us-east-1'}}],'connectionAuthModes':"
                + mode
                + ",'defaultPublishAuthModes':"
                + mode
                + ",'defaultSubscribeAuthModes':"
                + mode
                + "}}");
    String id = made.at("/api/apiId").asText();
    api.aws.call("appsync", "CreateChannelNamespace", "{'apiId':'" + id + "','name':'default'}");
    String host = made.at("/api/dns/HTTP").asText();
    JsonNode tokens = signIn(pool, client);

    assertThat(publish(host, tokens.path("IdToken").asText()).status()).isEqualTo(200);
    assertThat(publish(host, tokens.path("AccessToken").asText()).status()).isEqualTo(200);
    assertThat(publish(host, forged(tokens.path("IdToken").asText())).status()).isEqualTo(401);
  }

  private HttpResponse publish(String host, String token) {
    return api.send(
        new HttpRequest(
            "POST",
            "/event",
            "",
            Headers.of("host", host, "authorization", token, "content-type", "application/json"),
            "{\"channel\":\"/default/c\",\"events\":[\"1\"]}".getBytes(StandardCharsets.UTF_8),
            "127.0.0.1",
            false));
  }

  @Test
  void httpApisTakeTokensOfThePool() {
    String http =
        api.aws
            .call("apigatewayv2", "CreateApi", "{'name':'h','protocolType':'HTTP'}")
            .path("apiId")
            .asText();
    String in = "{'apiId':'" + http + "',";
    api.aws.function("f", "", event -> event.at("/requestContext/authorizer/jwt").toString());
    api.aws.call(
        "lambda",
        "AddPermission",
        "{'FunctionName':'f','StatementId':'s','Action':'lambda:InvokeFunction',"
            + "'Principal':'apigateway.amazonaws.com'}");
    String integration =
        api.aws
            .call(
                "apigatewayv2",
                "CreateIntegration",
                in
                    + "'integrationType':'AWS_PROXY','payloadFormatVersion':'2.0','integrationUri':"
                    + "'arn:aws:lambda:us-east-1:111111111111:function:f'}")
            .path("integrationId")
            .asText();
    String authorizer =
        api.aws
            .call(
                "apigatewayv2",
                "CreateAuthorizer",
                in
                    + "'name':'j','authorizerType':'JWT',"
                    + "'identitySource':['$request.header.Authorization'],"
                    + "'jwtConfiguration':{'audience':['"
                    + client
                    + "'],'issuer':'https://cognito-idp.us-east-1.amazonaws.com/"
                    + pool
                    + "'}}")
            .path("authorizerId")
            .asText();
    route(http, "GET /open", integration, authorizer, "");
    route(http, "GET /scoped", integration, authorizer, ",'authorizationScopes':['api/read']");
    api.aws.call("apigatewayv2", "CreateStage", in + "'stageName':'$default','autoDeploy':true}");
    JsonNode tokens = signIn(pool, client);

    for (String member : new String[] {"IdToken", "AccessToken"}) {
      HttpResponse answer = get(http, "/open", tokens.path(member).asText());
      assertThat(answer.status()).as(GraphqlWhole.text(answer)).isEqualTo(200);
      assertThat(json(answer).at("/claims/cognito:groups").asText()).isEqualTo("[readers]");
    }
    HttpResponse scoped = get(http, "/scoped", tokens.path("AccessToken").asText());
    assertThat(GraphqlWhole.shown(scoped)).isEqualTo("403 {\"message\":\"Forbidden\"}");
    HttpResponse forged = get(http, "/open", forged(tokens.path("IdToken").asText()));
    assertThat(GraphqlWhole.shown(forged)).isEqualTo("401 {\"message\":\"Unauthorized\"}");
  }

  private void route(String http, String key, String integration, String authorizer, String more) {
    api.aws.call(
        "apigatewayv2",
        "CreateRoute",
        "{'apiId':'"
            + http
            + "','routeKey':'"
            + key
            + "','target':'integrations/"
            + integration
            + "','authorizationType':'JWT','authorizerId':'"
            + authorizer
            + "'"
            + more
            + "}");
  }

  private HttpResponse get(String http, String path, String token) {
    return api.send(
        new HttpRequest(
            "GET",
            path,
            "",
            Headers.of(
                "host",
                http + ".execute-api.us-east-1.amazonaws.com",
                "authorization",
                "Bearer " + token),
            new byte[0],
            "127.0.0.1",
            false));
  }
}
