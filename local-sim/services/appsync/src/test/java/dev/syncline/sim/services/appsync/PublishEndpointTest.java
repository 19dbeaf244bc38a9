// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static dev.syncline.sim.services.appsync.Simulation.body;
import static dev.syncline.sim.services.appsync.Simulation.publishBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishEndpointTest {
  private static final String ID = "exec-0123456789abcdef0123456789abcdef";

  private final Simulation simulation = new Simulation();

  @Test
  void aPublishIsAnsweredEventByEvent() {
    HttpResponse response = simulation.publish("/default/a", "{\"a\":1}", "\"b\"");

    assertThat(response.status()).isEqualTo(200);
    assertThat(body(response).path("failed")).isEmpty();
    assertThat(body(response).at("/successful/1/index").asInt()).isEqualTo(1);
    assertThat(body(response).at("/successful/0/identifier").asText()).matches("[0-9a-f-]{36}");
    assertThat(response.headers().first("Content-Type").orElseThrow())
        .startsWith("application/json");
  }

  @Test
  void everyAnswerCarriesARequestIdOfItsOwn() {
    List<String> ids =
        List.of(
                simulation.publish("/default/a", "1"),
                simulation.publish("/nowhere/a", "1"),
                simulation.post(simulation.httpHost, "/event", "da2-wrong", "{}"),
                simulation.post(simulation.httpHost, "/graphql", simulation.key, "{}"),
                simulation.send("OPTIONS", simulation.httpHost, "/event", host(), ""))
            .stream()
            .map(response -> response.headers().first("x-amzn-RequestId").orElseThrow())
            .toList();

    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f-]{36}"));
  }

  @Test
  void theApiIsFoundByEitherHostWithAnyPortAndCase() {
    for (String host :
        List.of(
            simulation.httpHost,
            simulation.realtimeHost,
            simulation.httpHost + ":4566",
            simulation.httpHost.toUpperCase(Locale.ROOT))) {
      assertThat(
              simulation
                  .post(host, "/event", simulation.key, publishBody("/default/a", "1"))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void theApiIsFoundByThePathWithAnyHost() {
    for (String id : List.of(simulation.dnsId, simulation.apiId)) {
      assertThat(
              simulation
                  .post(
                      "simulator:4566",
                      "/_aws/appsync-api/" + id + "/event",
                      simulation.key,
                      publishBody("/default/a", "1"))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void onALoopbackHostTheKeyTellsTheApi() {
    for (String host : List.of("127.0.0.1:4566", "localhost:4566", "[::1]:4566", "x.localhost")) {
      assertThat(
              simulation
                  .post(host, "/event", simulation.key, publishBody("/default/a", "1"))
                  .status())
          .isEqualTo(200);
    }
    assertThat(
            simulation
                .post("localhost", "/event", "da2-wrong", publishBody("/default/a", "1"))
                .status())
        .isEqualTo(401);
  }

  @Test
  void requestsForOtherServicesAreNotClaimed() {
    for (HttpRequest request :
        List.of(
            request("POST", "localhost:4566", "/event", Headers.EMPTY),
            request("POST", "localhost:4566", "/v2/apis", Headers.of("x-api-key", "k")),
            request(
                "POST",
                "abc.execute-api.us-east-1.amazonaws.com",
                "/event",
                Headers.of("x-api-key", "k")),
            request("GET", "appsync.us-east-1.amazonaws.com", "/v2/apis", Headers.EMPTY),
            request("OPTIONS", "localhost", "/event", Headers.EMPTY))) {
      assertThat(simulation.service.endpoints().getLast().claims(request))
          .as(request.method() + " " + request.hostName() + request.rawPath())
          .isFalse();
    }
  }

  @Test
  void anUnknownApiIsNotFoundAndNamed() {
    for (HttpResponse response :
        List.of(
            simulation.post(
                "abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com",
                "/event",
                simulation.key,
                "{}"),
            simulation.post(
                "localhost",
                "/_aws/appsync-api/abcdefghijklmnopqrstuvwxyz/event",
                simulation.key,
                "{}"))) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(body(response).at("/errors/0/message").asText())
          .contains("abcdefghijklmnopqrstuvwxyz");
    }
  }

  @Test
  void aWrongKeyIsUnauthorized() {
    HttpResponse response =
        simulation.post(simulation.httpHost, "/event", "da2-wrong", publishBody("/default/a", "1"));

    assertError(
        response, 401, "UnauthorizedException", "You are not authorized to make this call.");
  }

  @Test
  void aKeyOfAnotherApiIsUnauthorized() {
    JsonNode other = simulation.createApi("other");
    String key = simulation.createKey(other.path("apiId").asText());

    assertThat(
            simulation
                .post(simulation.httpHost, "/event", key, publishBody("/default/a", "1"))
                .status())
        .isEqualTo(401);
  }

  @Test
  void anExpiredKeyIsUnauthorized() {
    simulation.clock.advance(Duration.ofDays(7));

    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(401);
  }

  @Test
  void noCredentialIsUnauthorized() {
    HttpResponse response =
        simulation.send(
            "POST", simulation.httpHost, "/event", host(), publishBody("/default/a", "1"));

    assertError(response, 401, "UnauthorizedException", "Missing authorization header");
  }

  @Test
  void anUnknownNamespaceIsForbiddenWithoutAMessage() {
    HttpResponse response = simulation.publish("/nowhere/a", "1");

    assertThat(response.status()).isEqualTo(403);
    assertThat(body(response).toString())
        .isEqualTo("{\"errors\":[{\"errorType\":\"UnauthorizedException\"}]}");
    assertThat(simulation.journal("Refused").getLast())
        .containsEntry("channel", "/nowhere/a")
        .containsEntry("operation", "publish")
        .containsEntry("via", "http")
        .containsEntry("reason", "the API has no channel namespace 'nowhere'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hello", "[]", "null", "{", "{}x", "\"\"", "\u0000"})
  void aBodyThatIsNotAJsonObjectIsABadRequest(String text) {
    assertError(
        simulation.post(simulation.httpHost, "/event", simulation.key, text),
        400,
        "BadRequestException",
        "The request is not a JSON object");
  }

  @Test
  void refusalsOfTheRulesAreAnsweredInTheirWords() {
    assertError(
        simulation.publish("/default/a", "1", "2", "3", "4", "5", "6"),
        400,
        "BadRequestException",
        "Input exceeded 5 event limit");
    assertError(
        simulation.publish("/default/*", "1"),
        400,
        "BadRequestException",
        "Invalid Channel Format");
  }

  @Test
  void anEventTooLargeFailsAndTheOthersAreDelivered() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/a");
    HttpResponse response =
        simulation.publish("/default/a", "\"" + "x".repeat(240 * 1024) + "\"", "2");

    assertThat(response.status()).isEqualTo(200);
    assertThat(body(response).at("/failed/0/code").asText()).isEqualTo("EventTooLargeException");
    assertThat(body(response).at("/successful/0/index").asInt()).isEqualTo(1);
    assertThat(client.peer().events()).containsExactly("2");
  }

  @Test
  void otherPathsAndMethodsAreRefusedByName() {
    assertThat(
            body(simulation.post(simulation.httpHost, "/graphql", simulation.key, "{}"))
                .at("/errors/0/message")
                .asText())
        .contains("/graphql");
    assertThat(simulation.send("GET", simulation.httpHost, "/event", host(), "").status())
        .isEqualTo(405);
    assertThat(simulation.send("GET", simulation.httpHost, "/event/realtime", host(), "").status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH"})
  void onlyPostPublishes(String method) {
    HttpResponse refused =
        simulation.send(
            method, simulation.httpHost, "/event", Headers.of("x-api-key", simulation.key), "");

    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.headers().first("allow")).contains("POST, OPTIONS");
    assertThat(Simulation.body(refused).at("/errors/0/message").asText()).contains("only POST");
  }

  @Test
  void browsersMayPublish() {
    Headers asking =
        Headers.of(
            "host",
            "localhost:4566",
            "origin",
            "http://localhost:3000",
            "access-control-request-headers",
            "content-type,X-Api-Key");
    HttpResponse preflight = simulation.send("OPTIONS", "localhost", "/event", asking, "");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.headers().first("access-control-allow-origin")).contains("*");
    assertThat(preflight.headers().first("access-control-allow-methods").orElseThrow())
        .contains("POST");
    assertThat(preflight.headers().first("access-control-allow-headers"))
        .contains("content-type,X-Api-Key");
    assertThat(simulation.publish("/default/a", "1").headers().first("access-control-allow-origin"))
        .contains("*");
    assertThat(simulation.publish("/nowhere", "1").headers().first("access-control-allow-origin"))
        .contains("*");
  }

  @Test
  void theJournalTellsWhatWasPublishedAndToWhomButNotTheKey() {
    Simulation.Client client = simulation.connect().subscribe("s", "/default/env1/*");
    simulation.publish("/default/env1/" + ID, "1", "2");

    Map<String, String> published = simulation.journal("Published").getLast();
    assertThat(published)
        .containsEntry("channel", "/default/env1/" + ID)
        .containsEntry("via", "http")
        .containsEntry("successful", "2")
        .containsEntry("failed", "0")
        .containsEntry("subscribers", "1");
    assertThat(simulation.journal("Delivered")).hasSize(2);
    List<Journal.Entry> entries = simulation.journal.since(0);
    assertThat(
            entries.stream()
                .map(Journal.Entry::event)
                .filter(event -> event.type().matches("appsync\\.(Published|Delivered)")))
        .hasSize(3)
        .allSatisfy(event -> assertThat(event.correlationId()).isEqualTo(ID));
    assertThat(entries.toString()).doesNotContain(simulation.key);
    assertThat(client.peer().events()).containsExactly("1", "2");
  }

  @Test
  void onlyWhatLooksLikeAnIdIsACorrelationId() {
    for (String channel :
        List.of(
            "/default/greetings",
            "/default",
            "/default/averylongwordwithoutanydigit",
            "/default/short1")) {
      simulation.publish(channel, "1");
    }
    simulation.publish("/default/0f8fad5b-d9cb-469f-a165-70867728950e", "1");

    assertThat(
            simulation
                .journal
                .select(entry -> entry.event().type().equals("appsync.Published"))
                .stream()
                .map(entry -> String.valueOf(entry.event().correlationId())))
        .containsExactly("null", "null", "null", "null", "0f8fad5b-d9cb-469f-a165-70867728950e");
  }

  private Headers host() {
    return Headers.of("host", simulation.httpHost);
  }

  private static HttpRequest request(String method, String host, String path, Headers headers) {
    return new HttpRequest(
        method, path, "", headers.with("Host", host), new byte[0], "127.0.0.1", false);
  }

  private static void assertError(
      HttpResponse response, int status, String errorType, String message) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(body(response).toString())
        .isEqualTo(
            "{\"errors\":[{\"errorType\":\"" + errorType + "\",\"message\":\"" + message + "\"}]}");
    assertThat(response.headers().first("x-amzn-errortype")).contains(errorType);
  }
}
