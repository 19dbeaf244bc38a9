// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.GraphqlFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.graphql.execution.GraphqlRequests.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphqlRequestsTest {
  private static Parsed post(String body) {
    return GraphqlRequests.post(body.getBytes(StandardCharsets.UTF_8));
  }

  private static GraphqlResponse refused(Parsed parsed) {
    return ((Parsed.Refused) parsed).refusal().response();
  }

  private static GraphqlRequest accepted(Parsed parsed) {
    return ((Parsed.Accepted) parsed).request();
  }

  @Test
  void anEmptyBodyIsNamed() {
    for (String body : new String[] {"", " \n"}) {
      GraphqlResponse response = refused(post(body));
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body())
          .isEqualTo(
              json(
                  "{errors:[{errorType:'MalformedHttpRequestException',"
                      + "message:'Request body is empty.'}]}"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meow",
        "{}",
        "{}}",
        "[]",
        "[{\"query\":\"{a}\"}]",
        "{\"query\":5}",
        "{\"query\":\"\"}",
        "{\"query\":\"{a}\",\"variables\":[]}",
        "{\"query\":\"{a}\",\"variables\":\"{}\"}",
        "{\"query\":\"{a}\",\"operationName\":7}",
        "{\"query\":\"{a}\"} x",
        "\u0000"
      })
  void otherBodiesAreMalformed(String body) {
    GraphqlResponse response = refused(post(body));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            json(
                "{errors:[{errorType:'MalformedHttpRequestException',"
                    + "message:'Unable to parse GraphQL query.'}]}"));
  }

  @Test
  void deepJsonIsMalformed() {
    assertThat(
            refused(post("{\"query\":\"{a}\",\"variables\":{\"a\":" + "[".repeat(5000))).status())
        .isEqualTo(400);
  }

  @Test
  void readsABody() {
    GraphqlRequest request =
        accepted(post("{\"query\":\"{a}\",\"variables\":{\"x\":1},\"operationName\":\"O\"}"));
    assertThat(request.query()).isEqualTo("{a}");
    assertThat(request.variables()).isEqualTo(json("{x:1}"));
    assertThat(request.operationName()).isEqualTo("O");
    assertThat(accepted(post("{\"query\":\"{a}\",\"variables\":null}")).variables())
        .isEqualTo(json("{}"));
    assertThat(accepted(post("{\"query\":\"{a}\",\"operationName\":\"\"}")).operationName())
        .isNull();
  }

  @Test
  void readsParameters() {
    GraphqlRequest request =
        accepted(
            GraphqlRequests.get(
                Map.of("query", "{a}", "variables", "{\"x\":1}", "operationName", "O")));
    assertThat(request.variables()).isEqualTo(json("{x:1}"));
    assertThat(request.operationName()).isEqualTo("O");
    assertThat(refused(GraphqlRequests.get(Map.of())).body().toString()).contains("is empty");
    assertThat(refused(GraphqlRequests.get(Map.of("query", "{a}", "variables", "{"))).status())
        .isEqualTo(400);
  }

  @Test
  void aLargeBodyIsRefused() {
    byte[] body = new byte[GraphqlRequests.MAX_BODY_BYTES + 1];
    assertThat(refused(GraphqlRequests.post(body)).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{}}", "meow", "{ a", "query", "{ a(x: ) }", "mutation {}"})
  void aSyntaxErrorIsMalformed(String query) {
    GraphqlResponse response = new GraphqlFixture("type Query { a: Int }").response(query, "{}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().at("/errors/0/message").asText())
        .isEqualTo("Unable to parse GraphQL query.");
  }

  @Test
  void severalOperationsNeedAName() {
    GraphqlFixture api = new GraphqlFixture("type Query { a: Int b: Int }");
    GraphqlResponse response = api.response("query A { a } query B { b }", "{}");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            json("{errors:[{errorType:'BadRequestException',message:'Missing operation name.'}]}"));
    GraphqlRequest named =
        new GraphqlRequest(
            "query A { a } query B { b }", JsonNodeFactory.instance.objectNode(), "B");
    assertThat(api.engine().execute(named, GraphqlFixture.context(), FieldAccess.ALL).body())
        .isEqualTo(json("{data:{b:null}}"));
  }

  @Test
  void anUnknownOperationIsNamed() {
    GraphqlRequest request =
        new GraphqlRequest("query A { a }", JsonNodeFactory.instance.objectNode(), "Z");
    GraphqlResponse response =
        new GraphqlFixture("type Query { a: Int }")
            .engine()
            .execute(request, GraphqlFixture.context(), FieldAccess.ALL);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body().at("/errors/0/message").asText())
        .isEqualTo("Unknown operation named 'Z'.");
  }

  @Test
  void withoutASchema() {
    GraphqlResponse response = GraphqlRefusal.noSchema().response();
    assertThat(response.status()).isEqualTo(502);
    assertThat(response.body())
        .isEqualTo(
            json(
                "{errors:[{errorType:'GraphQLSchemaException',"
                    + "message:'No schema definition exists.'}]}"));
  }
}
