// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.json;
import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.shown;
import static dev.syncline.sim.services.appsync.graphql.GraphqlWhole.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP: the statuses and texts that AppSync's users report. */
class GraphqlHttpTest {
  private static GraphqlWhole api;
  private static String key;

  @BeforeAll
  static void start(@TempDir Path work) {
    api = new GraphqlWhole(work, "'authenticationType':'API_KEY'").standard();
    key = api.key();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static HttpResponse post(String body) {
    return api.post(body, "x-api-key", key);
  }

  private static HttpResponse query(String query) {
    return api.query(query, "x-api-key", key);
  }

  private static String malformed(String message) {
    return "400 {\"errors\":[{\"errorType\":\"MalformedHttpRequestException\",\"message\":\""
        + message
        + "\"}]}";
  }

  @Test
  void anEmptyBodyIsRefused() {
    assertThat(shown(post(""))).isEqualTo(malformed("Request body is empty."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meow",
        "{}",
        "{}}",
        "[]",
        "{\"query\":\"{}\"}",
        "{\"query\":\"{}}\"}",
        "[{\"query\":\"{other}\"}]"
      })
  void whatIsNoGraphqlRequestIsRefused(String body) {
    assertThat(shown(post(body))).isEqualTo(malformed("Unable to parse GraphQL query."));
  }

  @Test
  void severalOperationsNeedAName() {
    assertThat(shown(query("query A { other } query B { other }")))
        .isEqualTo(
            "400 {\"errors\":[{\"errorType\":\"BadRequestException\","
                + "\"message\":\"Missing operation name.\"}]}");
  }

  @Test
  void aQueryIsAnsweredWithDataAlone() {
    HttpResponse answer =
        post(
            "{\"query\":\"query Q($id: ID!) { item(id: $id) { id name } }\","
                + "\"variables\":{\"id\":\"7\"},\"operationName\":\"Q\"}");

    assertThat(shown(answer)).isEqualTo("200 {\"data\":{\"item\":{\"id\":\"7\",\"name\":null}}}");
    Map<String, String> headers = answer.headers().byName();
    assertThat(headers)
        .containsEntry("content-type", "application/json;charset=UTF-8")
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("x-amzn-appsync-tokensconsumed", "1")
        .doesNotContainKey("x-amzn-errortype");
    assertThat(headers.get("x-amzn-requestid")).hasSize(36);
  }

  @Test
  void aGetRequestHasItsQueryInTheAddress() {
    String query =
        "query="
            + URLEncoder.encode(
                "query Q($id: ID!) { item(id: $id) { id } }", StandardCharsets.UTF_8)
            + "&operationName=Q&variables="
            + URLEncoder.encode("{\"id\":\"9\"}", StandardCharsets.UTF_8);

    assertThat(shown(api.send("GET", query, "", "x-api-key", key)))
        .isEqualTo("200 {\"data\":{\"item\":{\"id\":\"9\"}}}");
  }

  @Test
  void aValidationErrorHasStatus200AndNoErrorType() {
    HttpResponse answer = query("{ item(id: 1) { id nam } }");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).path("data").isNull()).isTrue();
    assertThat(json(answer).at("/errors/0").has("errorType")).isFalse();
    assertThat(json(answer).at("/errors/0/message").asText())
        .contains("FieldUndefined")
        .contains("Field 'nam' in type 'Item' is undefined");
  }

  @Test
  void anErrorOfAResolverHasStatus200AndAllMembers() {
    assertThat(shown(query("{ boom }")))
        .isEqualTo(
            "200 {\"data\":{\"boom\":null},\"errors\":[{\"path\":[\"boom\"],\"data\":{\"a\":1},"
                + "\"errorType\":\"Mine\",\"errorInfo\":{\"b\":2},\"locations\":"
                + "[{\"line\":1,\"column\":3,\"sourceName\":null}],\"message\":\"no\"}]}");
  }

  @Test
  void aSubscriptionNeedsTheRealtimeEndpoint() {
    HttpResponse answer = query("subscription { onPut { id } }");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).at("/errors/0/errorType").asText()).isEqualTo("BadRequestException");
    assertThat(answer.headers().first("x-amzn-ErrorType")).contains("BadRequestException");
  }

  @Test
  void anApiWithoutASchemaAnswers502() {
    String other =
        api.aws
            .call("appsync", "CreateGraphqlApi", "{'name':'b','authenticationType':'API_KEY'}")
            .at("/graphqlApi/apiId")
            .asText();
    String otherKey =
        api.aws
            .call("appsync", "CreateApiKey", "{'apiId':'" + other + "'}")
            .at("/apiKey/id")
            .asText();

    HttpResponse answer =
        api.send(
            new HttpRequest(
                "POST",
                "/_aws/appsync-api/" + other + "/graphql",
                "",
                Headers.of("host", "localhost", "x-api-key", otherKey),
                "{\"query\":\"{ a }\"}".getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                false));

    assertThat(shown(answer))
        .isEqualTo(
            "502 {\"errors\":[{\"errorType\":\"GraphQLSchemaException\","
                + "\"message\":\"No schema definition exists.\"}]}");
  }

  @Test
  void aBodyOverOneMegabyteIsRefused() {
    assertThat(query("{ other } # " + "x".repeat(1_048_576)).status()).isEqualTo(413);
  }

  @Test
  void anUnknownApiIsNamed() {
    HttpResponse answer =
        api.send(
            new HttpRequest(
                "POST",
                "/_aws/appsync-api/nothere/graphql",
                "",
                Headers.of("host", "localhost"),
                new byte[0],
                "127.0.0.1",
                false));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(text(answer)).contains("'nothere'");
  }

  @Test
  void aPageOfAnySiteMayAsk() {
    HttpResponse answer =
        api.send(
            "OPTIONS",
            "",
            "",
            "origin",
            "https://page.example",
            "access-control-request-headers",
            "x-api-key,x-amz-user-agent");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().byName())
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("access-control-allow-methods", "GET, POST, OPTIONS")
        .containsEntry("access-control-allow-headers", "x-api-key,x-amz-user-agent");
  }

  @Test
  void otherMethodsAreRefused() {
    HttpResponse answer = api.send("PUT", "", "{}", "x-api-key", key);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers().first("Allow")).contains("GET, POST, OPTIONS");
  }

  @Test
  void theUrlThatTheApiGivesAnswersWithoutANameInAnyPlace() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          java.net.http.HttpRequest.newBuilder(URI.create(api.url))
              .header("x-api-key", key)
              .POST(
                  java.net.http.HttpRequest.BodyPublishers.ofString(
                      "{\"query\":\"{ item(id: 3) { id } }\"}"))
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).body())
          .isEqualTo("{\"data\":{\"item\":{\"id\":\"3\"}}}");
    }
  }

  @Test
  void theLastDefinitionOfAnAddedHeaderIsSent() {
    api.call("DeleteResolver", "'typeName':'Query','fieldName':'other'");
    api.template(
        "Query",
        "other",
        "$util.http.addResponseHeader(\"X-One\", \"a\")"
            + "$util.http.addResponseHeader(\"x-one\", \"b\")"
            + "{\"version\":\"2018-05-29\",\"payload\":\"o\"}");

    assertThat(query("{ other }").headers().all("x-one")).containsExactly("b");
  }

  @Test
  void theJournalHasTheRequestAndWhatItsResolverSent() {
    long before = api.aws.simulator.journal().lastSequence();

    query("{ item(id: 5, name: \"n\") { id } }");

    List<Journal.Entry> entries = api.aws.simulator.journal().since(before);
    assertThat(details(entries, "appsync.GraphqlAnswered"))
        .containsEntry("api", api.apiId)
        .containsEntry("status", "200")
        .containsEntry("query", "{ item(id: 5, name: \"n\") { id } }")
        .containsEntry("result", "{\"data\":{\"item\":{\"id\":\"5\"}}}");
    assertThat(details(entries, "appsync.ResolverCalled"))
        .containsEntry("source", "none")
        .containsEntry(
            "sent",
            "{\"version\":\"2018-05-29\",\"payload\":{\"id\":\"5\",\"name\":\"n\",\"size\":7}}");
    assertThat(details(entries, "appsync.ResolverRan")).containsEntry("field", "Query.item");
  }

  private static Map<String, String> details(List<Journal.Entry> entries, String type) {
    return entries.stream()
        .filter(entry -> entry.event().type().equals(type))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " in " + entries))
        .event()
        .details();
  }

  @Test
  void aPlannedRefusalIsAnswered() {
    api.aws
        .simulator
        .faults()
        .once("appsync.graphql-request", new Fault.Refuse(429, "Slow", "Slow down"));

    assertThat(shown(query("{ item(id: 1) { id } }")))
        .isEqualTo("429 {\"errors\":[{\"errorType\":\"Slow\",\"message\":\"Slow down\"}]}");
    assertThat(query("{ item(id: 1) { id } }").status()).isEqualTo(200);
  }

  @Test
  void aResolverMayBeRefusedByPlan() {
    api.aws
        .simulator
        .faults()
        .once("appsync.graphql-resolver", new Fault.Refuse(500, "Own:Type", "broken"));

    assertThat(json(query("{ item(id: 1) { id } }")).at("/errors/0/errorType").asText())
        .isEqualTo("Own:Type");
  }

  @Test
  void aRequestOfMoreThanThirtySecondsEndsInVirtualTime() {
    api.aws
        .simulator
        .faults()
        .once("appsync.graphql-resolver", new Fault.Delay(Duration.ofMinutes(2)));

    HttpResponse answer = query("{ item(id: 1) { id } }");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).at("/errors/0/errorType").asText()).isEqualTo("ExecutionTimeout");
    assertThat(json(answer).at("/errors/0/message").asText()).isEqualTo("Execution timed out.");
  }

  @Test
  void aDelayWithinTheLimitIsSkipped() {
    api.aws
        .simulator
        .faults()
        .once("appsync.graphql-resolver", new Fault.Delay(Duration.ofSeconds(20)));

    assertThat(shown(query("{ item(id: 1) { id } }")))
        .isEqualTo("200 {\"data\":{\"item\":{\"id\":\"1\"}}}");
  }
}
