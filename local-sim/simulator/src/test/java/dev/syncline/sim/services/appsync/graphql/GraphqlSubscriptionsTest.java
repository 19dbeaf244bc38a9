// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlSubscribers.RESULT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mutations over HTTP reach subscribers over WebSockets. */
@Timeout(120)
class GraphqlSubscriptionsTest {
  private static final String SCHEMA =
      """
      type Item { id: ID! title: String! size: Int owner: String }
      type Query { getItem(id: ID!): Item }
      type Mutation {
        createItem(id: ID!, title: String!, size: Int, owner: String): Item
        deleteItem(id: ID!, title: String!): Item
        failItem(id: ID!): Item
        logout(user: String!): String
        logoutAll: String
      }
      type Subscription {
        onItem(id: ID, owner: String): Item
          @aws_subscribe(mutations: ["createItem", "deleteItem", "failItem"])
        onLarge: Item @aws_subscribe(mutations: ["createItem"])
        onRefused: Item @aws_subscribe(mutations: ["createItem"])
      }
      schema { query: Query mutation: Mutation subscription: Subscription }
      """;
  private static final String CREATE =
      "mutation { createItem(id: \"1\", title: \"a\", size: 3) { id title size } }";

  @TempDir Path directory;
  private GraphqlSubscribers fixture;

  @BeforeEach
  void start() {
    fixture = new GraphqlSubscribers(directory, SCHEMA, "'authenticationType':'API_KEY'");
    fixture.resolver("Mutation", "createItem", RESULT);
    fixture.resolver("Mutation", "deleteItem", RESULT);
    fixture.resolver("Mutation", "failItem", "$util.error('no', 'Bad')");
    fixture.resolver(
        "Mutation",
        "logout",
        "$extensions.invalidateSubscriptions({'subscriptionField':'onLarge',"
            + "'payload':{'user':$ctx.args.user}})\"done\"");
    fixture.resolver(
        "Subscription",
        "onLarge",
        "$extensions.setSubscriptionFilter({'filterGroup':[{'filters':"
            + "[{'fieldName':'size','operator':'gt','value':5}]}]})"
            + "$extensions.setSubscriptionInvalidationFilter({'filterGroup':[{'filters':"
            + "[{'fieldName':'user','operator':'eq','value':'u1'}]}]})null");
    fixture.resolver("Subscription", "onRefused", "$util.unauthorized()");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aMutationIsDeliveredWithTheSubscribersOwnSelection() {
    try (GraphqlSocket socket = fixture.connect()) {
      assertThat(subscribe(socket, "s1", "subscription { x: onItem { title __typename } }"))
          .isEqualTo(json("{'id':'s1','type':'start_ack'}"));

      assertThat(fixture.execute(CREATE).path("errors").isMissingNode()).isTrue();
      assertThat(socket.next())
          .isEqualTo(
              json(
                  "{'id':'s1','type':'data','payload':{'data':"
                      + "{'x':{'title':'a','__typename':'Item'}}}}"));
      socket.send("{'type':'stop','id':'s1'}");
      assertThat(socket.next()).isEqualTo(json("{'id':'s1','type':'complete'}"));
    }
  }

  @Test
  void severalMutationsOfADocumentTriggerInTheirOrderByFieldName() {
    try (GraphqlSocket socket = subscribed("subscription { onItem { id title } }")) {
      fixture.execute(
          "mutation { b: createItem(id: \"1\", title: \"x\") { id title } "
              + "a: deleteItem(id: \"2\", title: \"y\") { id title } "
              + "failItem(id: \"3\") { id } }");
      fixture.execute("mutation { createItem(id: \"4\", title: \"z\") { id title } }");

      assertThat(idOf(socket.next())).isEqualTo("1");
      assertThat(idOf(socket.next())).isEqualTo("2");
      assertThat(idOf(socket.next())).isEqualTo("4");
    }
  }

  @Test
  void whatTheMutationDidNotSelectIsNullOrAnError() {
    try (GraphqlSocket socket = subscribed("subscription { onItem { id size title } }")) {
      fixture.execute("mutation { createItem(id: \"1\", title: \"x\", size: 1) { id title } }");
      assertThat(socket.next().at("/payload/data/onItem"))
          .isEqualTo(json("{'id':'1','size':null,'title':'x'}"));

      fixture.execute("mutation { createItem(id: \"1\", title: \"x\") { id } }");
      JsonNode payload = socket.next().path("payload");
      assertThat(payload.at("/data/onItem").isNull()).isTrue();
      assertThat(payload.at("/errors/0/message").asText())
          .startsWith("Cannot return null for non-nullable type: 'String' within parent 'Item'");
    }
  }

  @Test
  void argumentsFilterByTheFieldsThatTheMutationSelected() {
    try (GraphqlSocket socket = fixture.connect()) {
      subscribe(socket, "one", "subscription { onItem(id: \"1\") { id } }");
      fixture.execute("mutation { createItem(id: \"1\", title: \"not selected\") { title } }");
      fixture.execute("mutation { createItem(id: \"2\", title: \"x\") { id title } }");
      fixture.execute("mutation { createItem(id: 1, title: \"x\") { id title } }");
      assertThat(idOf(socket.next())).isEqualTo("1");
      // An optional variable without a value counts as null.
      JsonNode answer =
          socket.start(
              "null",
              "subscription($o: String) { onItem(owner: $o) { id owner } }",
              Json.object(),
              fixture.authorization());
      assertThat(answer.path("type").asText()).isEqualTo("start_ack");
      fixture.execute(
          "mutation { createItem(id: \"3\", title: \"x\", owner: \"o\") { id owner } }");
      fixture.execute("mutation { createItem(id: \"4\", title: \"x\") { id owner } }");
      JsonNode delivered = socket.next();
      assertThat(delivered.path("id").asText()).isEqualTo("null");
      assertThat(idOf(delivered)).isEqualTo("4");
    }
  }

  @Test
  void aResolverSetsFiltersAndAMutationInvalidates() {
    try (GraphqlSocket socket = subscribed("subscription { onLarge { id size } }")) {
      fixture.execute(
          "mutation { createItem(id: \"1\", title: \"x\", size: 5) { id size title } }");
      fixture.execute(
          "mutation { createItem(id: \"2\", title: \"x\", size: 6) { id size title } }");
      JsonNode delivered = socket.next();
      assertThat(delivered.at("/payload/data/onLarge/id").asText()).isEqualTo("2");

      fixture.execute("mutation { logout(user: \"u2\") }");
      fixture.execute("mutation { logout(user: \"u1\") }");
      assertThat(socket.next()).isEqualTo(json("{'id':'s','type':'complete'}"));
    }
  }

  @Test
  void moreThanFiveInvalidationsAreAnErrorOfTheField() {
    String one =
        "$extensions.invalidateSubscriptions({'subscriptionField':'onLarge',"
            + "'payload':{'user':'u1','n':$n}})";
    fixture.resolver("Mutation", "logoutAll", "#foreach($n in [1..6])" + one + "#end\"done\"");
    try (GraphqlSocket socket = subscribed("subscription { onLarge { id size } }")) {
      JsonNode answer = fixture.execute("mutation { logoutAll }");
      assertThat(answer.at("/data/logoutAll").isNull()).isTrue();
      assertThat(answer.at("/errors/0/message").asText())
          .isEqualTo("A request may call invalidateSubscriptions at most 5 times");
      fixture.execute(
          "mutation { createItem(id: \"2\", title: \"x\", size: 6) { id size title } }");
      assertThat(socket.next().path("type").asText()).isEqualTo("data");
    }
  }

  @Test
  void startsAreRefusedInAppSyncsWords() {
    try (GraphqlSocket socket = fixture.connect()) {
      assertThat(errorOf(subscribe(socket, "a", "query { getItem(id: 1) { id } }")))
          .isEqualTo(
              json(
                  "{'errorType':'UnsupportedOperation',"
                      + "'message':' not supported through the realtime channel'}"));
      JsonNode invalid = errorOf(subscribe(socket, "a", "subscription { onItem { nope } }"));
      assertThat(invalid.has("errorType")).isFalse();
      assertThat(invalid.path("message").asText()).startsWith("Validation error of type ");
      assertThat(errorOf(subscribe(socket, "a", "subscription { onRefused { id } }")))
          .isEqualTo(
              json(
                  "{'errorType':'Unauthorized','message':"
                      + "'Not Authorized to access onRefused on type Subscription'}"));
      JsonNode wrong =
          socket.start(
              "a",
              "subscription { onItem { id } }",
              Json.object(),
              Json.object().put("host", "localhost").put("x-api-key", "da2-wrong"));
      assertThat(errorOf(wrong))
          .isEqualTo(
              json(
                  "{'errorType':'UnauthorizedException',"
                      + "'message':'You are not authorized to make this call.'}"));
      assertThat(subscribe(socket, "a", "subscription { onItem { id } }").path("type").asText())
          .isEqualTo("start_ack");
      JsonNode again = errorOf(subscribe(socket, "a", "subscription { onItem { id } }"));
      assertThat(again.path("errorType").asText()).isEqualTo("DuplicatedOperationError");
    }
  }

  @Test
  void everyCarrierOfCredentialsConnectsAndAWrongKeyIsTold() {
    String carried = GraphqlSubscribers.base64(fixture.authorization()).replace("=", "");
    try (GraphqlSocket socket =
        GraphqlSocket.open(fixture.http, fixture.realtime, "graphql-ws", "header-" + carried)) {
      assertThat(socket.socket().getSubprotocol()).isEqualTo("graphql-ws");
      socket.send("{'type':'connection_init','payload':{'a':{}}}");
      assertThat(socket.next())
          .isEqualTo(json("{'type':'connection_ack','payload':{'connectionTimeoutMs':300000}}"));
      socket.send("{'type':'connection_init'}");
      assertThat(socket.next().path("type").asText()).isEqualTo("connection_ack");
    }
    var wrong = fixture.authorization().put("x-api-key", "da2-wrong");
    try (GraphqlSocket socket =
        GraphqlSocket.open(fixture.http, fixture.withQuery(wrong), "graphql-ws")) {
      assertThat(socket.next())
          .isEqualTo(
              json(
                  "{'payload':{'errors':[{'errorType':'UnauthorizedException',"
                      + "'message':'You are not authorized to make this call.',"
                      + "'errorCode':400}]},'type':'connection_error'}"));
      assertThat(socket.next().path("code").asInt()).isEqualTo(1000);
    }
    try (GraphqlSocket socket =
        GraphqlSocket.open(fixture.http, fixture.withQuery(fixture.authorization()))) {
      assertThat(socket.next().at("/payload/errors/0/message").asText())
          .isEqualTo("SubProtocolNotSupportedError");
    }
  }

  @Test
  void deletingTheApiClosesTheSocket() {
    try (GraphqlSocket socket = subscribed("subscription { onItem { id } }")) {
      fixture.api.call("DeleteGraphqlApi", "");
      assertThat(socket.next().path("code").asInt()).isEqualTo(1000);
    }
  }

  private GraphqlSocket subscribed(String query) {
    GraphqlSocket socket = fixture.connect();
    assertThat(subscribe(socket, "s", query).path("type").asText()).isEqualTo("start_ack");
    return socket;
  }

  private JsonNode subscribe(GraphqlSocket socket, String id, String query) {
    return socket.start(id, query, Json.object(), fixture.authorization());
  }

  private static String idOf(JsonNode frame) {
    return frame.at("/payload/data/onItem/id").asText();
  }

  private static JsonNode errorOf(JsonNode frame) {
    assertThat(frame.path("type").asText()).isEqualTo("error");
    return frame.at("/payload/errors/0");
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text.replace('\'', '"'));
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }
}
