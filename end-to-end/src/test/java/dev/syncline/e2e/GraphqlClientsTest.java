// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of GraphQL APIs that know nothing of the simulator, unmodified. */
@Timeout(value = 480, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GraphqlClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> EVERY_MODE =
      List.of("apiKey", "iam", "userPool", "oidc", "lambda");

  private static final String SCHEMA =
      """
      type Message @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda {
        id: ID!
        room: ID!
        text: String!
        sender: String!
      }

      type Query {
        whoAmI: String
          @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda
        hidden: String @aws_cognito_user_pools(cognito_groups: ["nobody"])
      }

      type Mutation {
        say(room: ID!, text: String!): Message
          @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda
      }

      type Subscription {
        onSaid(room: ID!): Message
          @aws_subscribe(mutations: ["say"])
          @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc @aws_lambda
      }
      """;

  @TempDir Path work;
  @AutoClose private EventsPeer peer;
  private String apiId = "";
  private String url = "";
  private String key = "";

  @BeforeEach
  void start() throws Exception {
    peer = EventsPeer.start(work, -1);
    JsonNode api =
        peer.call(
                "CreateGraphqlApi",
                object(
                    """
                    {"name": "chat", "authenticationType": "API_KEY",
                     "additionalAuthenticationProviders": [
                       {"authenticationType": "AWS_IAM"},
                       {"authenticationType": "AMAZON_COGNITO_USER_POOLS", "userPoolConfig":
                         {"userPoolId": "%s", "awsRegion": "us-east-1"}},
                       {"authenticationType": "OPENID_CONNECT", "openIDConnectConfig":
                         {"issuer": "%s/_syncline/issuer", "clientId": "web"}},
                       {"authenticationType": "AWS_LAMBDA", "lambdaAuthorizerConfig":
                         {"authorizerUri":
                           "arn:aws:lambda:us-east-1:111111111111:function:authorizer"}}]}
                    """
                        .formatted(EventsPeer.POOL, peer.simulator().endpoint())))
            .path("graphqlApi");
    apiId = api.path("apiId").asText();
    url = api.at("/uris/GRAPHQL").asText();
    key = peer.call("CreateApiKey", input()).at("/apiKey/id").asText();
    String schema = Base64.getEncoder().encodeToString(SCHEMA.getBytes(StandardCharsets.UTF_8));
    peer.call("StartSchemaCreation", input().put("definition", schema));
    JsonNode status;
    do {
      status = peer.call("GetSchemaCreationStatus", input());
    } while (status.path("status").asText().equals("PROCESSING"));
    assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("SUCCESS");
    peer.call("CreateDataSource", input().put("name", "none").put("type", "NONE"));
    resolver(
        "Mutation",
        "say",
        """
        {"id": "$util.autoId()", "room": $util.toJson($ctx.args.room),
         "text": $util.toJson($ctx.args.text), "sender": "$util.authType()"}
        """);
    resolver("Query", "whoAmI", "\"$util.authType()\"");
    resolver("Query", "hidden", "\"never\"");
  }

  private void resolver(String type, String field, String payload) throws Exception {
    peer.call(
        "CreateResolver",
        input()
            .put("typeName", type)
            .put("fieldName", field)
            .put("dataSourceName", "none")
            .put(
                "requestMappingTemplate",
                "{\"version\": \"2018-05-29\", \"payload\": " + payload + "}")
            .put("responseMappingTemplate", "$util.toJson($ctx.result)"));
  }

  private ObjectNode input() {
    return JSON.createObjectNode().put("apiId", apiId);
  }

  private static ObjectNode object(String json) throws Exception {
    return (ObjectNode) JSON.readTree(json);
  }

  @Test
  void amplifyQueriesMutatesAndSubscribesInEveryMode() throws Exception {
    NpmClients clients = NpmClients.installed();
    ObjectNode settings =
        JSON.createObjectNode().put("endpoint", url).put("region", "us-east-1").put("apiKey", key);
    settings.set("modes", JSON.valueToTree(EVERY_MODE));
    settings
        .putObject("tokens")
        .put("userPool", peer.userPoolToken())
        .put("oidc", peer.openIdToken())
        .put("lambda", EventsPeer.LAMBDA_TOKEN);

    JsonNode done = clients.run("amplify_graphql.mjs", peer.authority(), settings);

    assertThat(done.path("exchanges")).hasSize(EVERY_MODE.size());
    for (JsonNode exchange : done.path("exchanges")) {
      String mode = exchange.path("mode").asText();
      assertThat(exchange.path("received")).as(mode).hasSize(1);
      JsonNode received = exchange.at("/received/0");
      assertThat(received.path("text").asText()).as(mode).isEqualTo("é<>&\"");
      assertThat(received.path("id")).as(mode).isEqualTo(exchange.at("/said/id"));
      assertThat(received.path("sender").asText()).as(mode).endsWith("Authorization");
      JsonNode read = exchange.path("read");
      assertThat(read.at("/data/whoAmI")).as(mode).isEqualTo(received.path("sender"));
      assertThat(read.at("/data/hidden").isNull()).as(mode).isTrue();
      assertThat(read.at("/errors/0/message").asText())
          .as(mode)
          .isEqualTo("Not Authorized to access hidden on type Query");
    }
    assertThat(done.at("/refused/query").toString()).contains("UnauthorizedException");
    assertThat(done.at("/refused/subscription").toString()).contains("Connection failed");
  }
}
