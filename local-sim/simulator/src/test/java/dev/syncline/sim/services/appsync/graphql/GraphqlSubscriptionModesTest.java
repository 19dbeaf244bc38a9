// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.RequestSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each authorization mode of connections and starts. */
@Timeout(180)
class GraphqlSubscriptionModesTest {
  private static final String SCHEMA =
      """
      type Item @aws_api_key @aws_iam @aws_cognito_user_pools @aws_lambda {
        id: ID!
        secret: String @aws_iam
      }
      type Query { item: Item }
      type Mutation { put(id: ID!, secret: String): Item @aws_api_key @aws_iam }
      type Subscription {
        onPut: Item @aws_subscribe(mutations: ["put"])
          @aws_api_key @aws_iam @aws_cognito_user_pools @aws_lambda
        onPutSigned: Item @aws_subscribe(mutations: ["put"]) @aws_iam
      }
      """;
  private static final String MODES =
      "'authenticationType':'API_KEY','additionalAuthenticationProviders':["
          + "{'authenticationType':'AWS_IAM'},"
          + "{'authenticationType':'AMAZON_COGNITO_USER_POOLS','userPoolConfig':"
          + "{'userPoolId':'us-east-1_P','awsRegion':'us-east-1'}},"
          + "{'authenticationType':'AWS_LAMBDA','lambdaAuthorizerConfig':{'authorizerUri':"
          + "'arn:aws:lambda:us-east-1:111111111111:function:auth',"
          + "'authorizerResultTtlInSeconds':0}}]";
  private static final String DATA = "{\"query\":\"subscription { onPut { id } }\"}";
  private static final String PUT = "mutation { put(id: 1, secret: \"x\") { id secret } }";

  @TempDir private Path work;

  private GraphqlSubscribers started() {
    var api = new GraphqlSubscribers(work, SCHEMA, MODES);
    api.resolver("Mutation", "put", GraphqlSubscribers.RESULT);
    return api;
  }

  @Test
  void signaturesOfTheConnectionAndOfTheDataEnter() {
    try (var api = started();
        GraphqlSocket socket = api.connect(signed(api, "/graphql/connect", "{}", "test"))) {
      assertThat(socket.start("a", DATA, signed(api, "/graphql", DATA, "test")))
          .isEqualTo(frame("{'id':'a','type':'start_ack'}"));
      api.execute(PUT);
      assertThat(socket.next().at("/payload/data/onPut/id").asText()).isEqualTo("1");

      String other = DATA.replace("id }", "id  }");
      assertUnauthorized(socket.start("b", other, signed(api, "/graphql", DATA, "test")));
      assertUnauthorized(socket.start("b", DATA, signed(api, "/graphql", DATA, "wrong")));
      try (GraphqlSocket refused =
          GraphqlSocket.open(
              api.http,
              api.withQuery(signed(api, "/graphql/connect", "{}", "wrong")),
              "graphql-ws")) {
        assertThat(refused.next().path("type").asText()).isEqualTo("connection_error");
      }
    }
  }

  @Test
  void aConnectionSignedForThePathOfRequestsIsRefused() {
    try (var api = started();
        GraphqlSocket refused =
            GraphqlSocket.open(
                api.http, api.withQuery(signed(api, "/graphql", "{}", "test")), "graphql-ws")) {
      assertThat(refused.next().path("type").asText()).isEqualTo("connection_error");
    }
  }

  @Test
  void eachStartMayUseAnotherMode() {
    try (var api = started();
        GraphqlSocket socket = api.connect()) {
      api.api.aws.function(
          "auth",
          "",
          event -> {
            assertThat(event.at("/requestContext/queryString").asText())
                .isEqualTo("subscription { onPut { id } }");
            return "{\"isAuthorized\":"
                + event.path("authorizationToken").asText().equals("good")
                + "}";
          });
      String token = api.api.token("'userPoolId':'us-east-1_P','username':'ann'");
      ObjectNode pool = api.headers().put("Authorization", token);

      assertAcknowledged(socket.start("pool", DATA, pool));
      assertAcknowledged(socket.start("function", DATA, authorized(api, "good")));
      assertUnauthorized(socket.start("bad", DATA, authorized(api, "bad")));
      assertUnauthorized(socket.start("none", DATA, api.headers()));
      assertAcknowledged(socket.start("key", DATA, api.authorization()));
      api.execute(PUT);
      assertThat(List.of(id(socket.next()), id(socket.next()), id(socket.next())))
          .containsExactlyInAnyOrder("pool", "function", "key");
    }
  }

  @Test
  void aFieldThatTheModeMayNotSeeRefusesTheStart() {
    try (var api = started();
        GraphqlSocket socket = api.connect()) {
      String nested = "{\"query\":\"subscription { onPut { id secret } }\"}";
      assertThat(socket.start("a", nested, api.authorization()).at("/payload/errors"))
          .isEqualTo(
              frame(
                  "[{'errorType':'Unauthorized',"
                      + "'message':'Not Authorized to access secret on type Item'}]"));
      String root = "{\"query\":\"subscription { onPutSigned { id } }\"}";
      assertThat(socket.start("a", root, api.authorization()).at("/payload/errors"))
          .isEqualTo(
              frame(
                  "[{'errorType':'Unauthorized','message':"
                      + "'Not Authorized to access onPutSigned on type Subscription'}]"));
      assertAcknowledged(socket.start("a", nested, signed(api, "/graphql", nested, "test")));
    }
  }

  @Test
  void anExpiredKeyRefusesLaterStartsAndLeavesTheSocketOpen() {
    try (var api = started();
        GraphqlSocket socket = api.connect()) {
      assertAcknowledged(socket.start("a", DATA, api.authorization()));
      String key = api.key;
      api.api.call("DeleteApiKey", "'id':'" + key + "'");

      assertUnauthorized(socket.start("b", DATA, api.authorization()));
      String next = api.api.key();
      api.api.query(PUT, "x-api-key", next);
      assertThat(id(socket.next())).isEqualTo("a");

      assertAcknowledged(socket.start("b", DATA, api.headers().put("x-api-key", next)));
      var clock = api.api.aws.simulator.clock();
      clock.run(() -> clock.pause(Duration.ofDays(8)));
      // A day has passed: the connection has ended, and the key has expired.
      assertThat(socket.next().path("type").asText()).isEqualTo("closed");
      try (GraphqlSocket refused =
          GraphqlSocket.open(
              api.http, api.withQuery(api.headers().put("x-api-key", next)), "graphql-ws")) {
        assertThat(refused.next().path("type").asText()).isEqualTo("connection_error");
      }
    }
  }

  private static ObjectNode authorized(GraphqlSubscribers api, String token) {
    return api.headers().put("Authorization", token);
  }

  private static ObjectNode signed(
      GraphqlSubscribers api, String path, String body, String secret) {
    ObjectNode headers = Json.object();
    for (Map.Entry<String, String> header :
        RequestSigner.signed(
            "POST",
            api.api.host,
            path,
            "",
            List.of(
                Map.entry("accept", "application/json, text/javascript"),
                Map.entry("content-encoding", "amz-1.0"),
                Map.entry("content-type", "application/json; charset=UTF-8")),
            body.getBytes(StandardCharsets.UTF_8),
            new RequestSigner.Credentials("test", secret, ""),
            "us-east-1",
            "appsync",
            api.api.aws.simulator.clock().now())) {
      headers.put(header.getKey(), header.getValue());
    }
    headers.put("host", api.api.host);
    return headers;
  }

  private static void assertAcknowledged(JsonNode frame) {
    assertThat(frame.path("type").asText()).as(frame.toString()).isEqualTo("start_ack");
  }

  private static void assertUnauthorized(JsonNode frame) {
    assertThat(frame.at("/payload/errors"))
        .as(frame.toString())
        .isEqualTo(
            frame(
                "[{'errorType':'UnauthorizedException',"
                    + "'message':'You are not authorized to make this call.'}]"));
  }

  private static String id(JsonNode frame) {
    return frame.path("id").asText();
  }

  private static JsonNode frame(String text) {
    return GraphqlWhole.json(text.replace('\'', '"'));
  }
}
