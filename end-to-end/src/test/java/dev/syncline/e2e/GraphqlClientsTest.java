// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of GraphQL APIs that know nothing of the simulator, with the URL that the API gives. */
@Timeout(value = 480, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GraphqlClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> MODES =
      Map.of(
          "apiKey", "API Key Authorization",
          "iam", "IAM Authorization",
          "userPool", "User Pool Authorization",
          "oidc", "Open ID Connect Authorization",
          "lambda", "Lambda Authorization");

  private static final String SCHEMA =
      """
      type Item @every { id: ID! name: String }
      type Query @every { item(id: ID!): Item mode: String }
      type Mutation @every { put(name: String!): Item }
      type Subscription @every { onPut(name: String): Item @aws_subscribe(mutations: ["put"]) }
      """
          .replace("@every", "@aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda");

  @TempDir Path work;
  @AutoClose private EventsPeer peer;
  private String url = "";
  private String apiKey = "";

  @BeforeEach
  void start() throws Exception {
    peer = EventsPeer.start(work, -1);
    JsonNode api =
        call(
                """
                {"name":"every mode","authenticationType":"API_KEY",
                 "additionalAuthenticationProviders":[
                  {"authenticationType":"AWS_IAM"},
                  {"authenticationType":"AMAZON_COGNITO_USER_POOLS","userPoolConfig":
                    {"userPoolId":"%s","awsRegion":"us-east-1"}},
                  {"authenticationType":"OPENID_CONNECT","openIDConnectConfig":
                    {"issuer":"%s/_syncline/issuer","clientId":"web"}},
                  {"authenticationType":"AWS_LAMBDA","lambdaAuthorizerConfig":{"authorizerUri":
                    "arn:aws:lambda:us-east-1:111111111111:function:authorizer"}}]}
                """
                    .formatted(EventsPeer.POOL, peer.simulator().endpoint()),
                "CreateGraphqlApi",
                "")
            .path("graphqlApi");
    String id = api.path("apiId").asText();
    url = api.at("/uris/GRAPHQL").asText();
    String encoded = Base64.getEncoder().encodeToString(SCHEMA.getBytes(StandardCharsets.UTF_8));
    call("{\"definition\":\"" + encoded + "\"}", "StartSchemaCreation", id);
    apiKey = call("{}", "CreateApiKey", id).at("/apiKey/id").asText();
    call("{\"name\":\"none\",\"type\":\"NONE\"}", "CreateDataSource", id);
    resolver(id, "Query", "item", "{\"id\":$util.toJson($ctx.args.id),\"name\":\"N\"}");
    resolver(id, "Query", "mode", "$util.toJson($util.authType())");
    resolver(id, "Mutation", "put", "{\"id\":\"1\",\"name\":$util.toJson($ctx.args.name)}");
  }

  private void resolver(String id, String type, String field, String payload) throws Exception {
    ObjectNode input =
        JSON.createObjectNode()
            .put("typeName", type)
            .put("fieldName", field)
            .put("dataSourceName", "none")
            .put(
                "requestMappingTemplate",
                "{\"version\":\"2018-05-29\",\"payload\":" + payload + "}")
            .put("responseMappingTemplate", "$util.toJson($ctx.result)");
    call(input.toString(), "CreateResolver", id);
  }

  private JsonNode call(String input, String operation, String apiId) throws Exception {
    ObjectNode json = (ObjectNode) JSON.readTree(input);
    if (!apiId.isEmpty()) {
      json.put("apiId", apiId);
    }
    CallContext caller = peer.simulator().internalCall();
    return peer.simulator()
        .clock()
        .call(() -> peer.simulator().dispatcher().call("appsync", operation, json, caller).json());
  }

  @Test
  void amplifyAsksChangesAndSubscribesInEveryMode() throws Exception {
    NpmClients clients = NpmClients.installed();
    ObjectNode settings =
        JSON.createObjectNode()
            .put("endpoint", url)
            .put("region", "us-east-1")
            .put("apiKey", apiKey);
    settings.set("modes", JSON.valueToTree(MODES.keySet()));
    settings
        .putObject("tokens")
        .put("userPool", peer.userPoolToken())
        .put("oidc", peer.openIdToken())
        .put("lambda", EventsPeer.LAMBDA_TOKEN);

    JsonNode done = clients.run("amplify-graphql.mjs", peer.authority(), settings);

    assertThat(done.path("exchanges")).hasSize(MODES.size());
    for (JsonNode exchange : done.path("exchanges")) {
      String mode = exchange.path("mode").asText();
      String expected = "{\"id\":\"1\",\"name\":\"" + mode + "\"}";
      assertThat(exchange.at("/asked/item").toString()).isEqualTo("{\"id\":\"7\",\"name\":\"N\"}");
      assertThat(exchange.at("/asked/mode").asText()).isEqualTo(MODES.get(mode));
      assertThat(exchange.at("/changed/put").toString()).isEqualTo(expected);
      assertThat(exchange.path("received").toString()).isEqualTo(expected);
    }
    assertThat(done.at("/refused/query").asText()).isEqualTo("Unauthorized");
    assertThat(done.at("/refused/subscription").asText()).contains("UnauthorizedException");
  }

  @Test
  void curlAsksOverHttpAndHttps() throws Exception {
    AwsCli.requireCommand("curl");
    for (String address : List.of(url, url.replace("http://", "https://"))) {
      AwsCli.Run asked =
          AwsCli.run(
              work,
              List.of(
                  "curl",
                  "-sS",
                  "--cacert",
                  peer.authority().toString(),
                  "-H",
                  "x-api-key: " + apiKey,
                  "-d",
                  "{\"query\":\"{ mode }\"}",
                  address));

      assertThat(asked.output())
          .as(address)
          .isEqualTo("{\"data\":{\"mode\":\"API Key Authorization\"}}");
    }
  }
}
