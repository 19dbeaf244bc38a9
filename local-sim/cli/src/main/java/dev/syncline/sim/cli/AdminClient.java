// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.RequestSigner;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Talks to a simulator in another process. Thread-safe. */
final class AdminClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private static final Duration DEPLOY_LIMIT = Duration.ofMinutes(15);

  /** The simulator does not check the age of a signature. */
  private static final Instant SIGNED = Instant.parse("2026-01-01T00:00:00Z");

  private static final String FAULTS = "/_syncline/faults";

  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  AdminClient(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }

  /** The HTTP client, for data planes on the same port. */
  HttpClient http() {
    return http;
  }

  /** An address on the port. */
  URI uri(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + port + path);
  }

  /** {@code GET /_syncline/status}. */
  JsonNode status() {
    return expect(200, send(HttpRequest.newBuilder(uri("http", "/_syncline/status")).GET()));
  }

  /** Whether a server accepts connections on the port. */
  boolean isThere() {
    try {
      send(HttpRequest.newBuilder(uri("http", "/_syncline/status")).GET());
      return true;
    } catch (Failure gone) {
      return false;
    }
  }

  /** {@code GET /_syncline/health}; empty if no simulator answers. */
  Optional<JsonNode> health() {
    try {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(uri("http", "/_syncline/health")).GET());
      return Optional.of(expect(answer.statusCode() == 503 ? 503 : 200, answer));
    } catch (Failure absent) {
      return Optional.empty();
    }
  }

  /** {@code POST /_syncline/deploy}; returns when the stack's operation has ended. */
  JsonNode deploy(ObjectNode deployment) {
    return expect(
        200,
        send(
            HttpRequest.newBuilder(uri("http", "/_syncline/deploy"))
                .POST(BodyPublishers.ofString(deployment.toString())),
            DEPLOY_LIMIT));
  }

  /** {@code GET /_syncline/faults}. */
  JsonNode faults() {
    return expect(200, send(HttpRequest.newBuilder(uri("http", FAULTS)).GET()));
  }

  /** {@code POST /_syncline/faults}. */
  JsonNode addFault(ObjectNode rule) {
    return expect(
        201,
        send(
            HttpRequest.newBuilder(uri("http", FAULTS))
                .POST(BodyPublishers.ofString(rule.toString()))));
  }

  /** {@code DELETE /_syncline/faults}. */
  JsonNode clearFaults() {
    return expect(200, send(HttpRequest.newBuilder(uri("http", FAULTS)).DELETE()));
  }

  /** {@code GET /_syncline/cognito/messages}. */
  JsonNode messages(Map<String, String> wanted) {
    String query =
        wanted.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String path = "/_syncline/cognito/messages" + (query.isEmpty() ? "" : "?" + query);
    return expect(200, send(HttpRequest.newBuilder(uri("http", path)).GET()));
  }

  /** {@code GET /_syncline/permissions}. */
  JsonNode permissions() {
    return expect(200, send(HttpRequest.newBuilder(uri("http", "/_syncline/permissions")).GET()));
  }

  /** {@code POST /_syncline/shutdown}. */
  void shutdown() {
    expect(
        202,
        send(
            HttpRequest.newBuilder(uri("http", "/_syncline/shutdown"))
                .POST(BodyPublishers.noBody())));
  }

  /** Calls an operation of a service with the protocol AWS JSON 1.1, as the root user. */
  JsonNode awsJson(String service, String target, ObjectNode input) {
    byte[] body = input.toString().getBytes(StandardCharsets.UTF_8);
    List<Map.Entry<String, String>> signed =
        RequestSigner.signed(
            "POST",
            "127.0.0.1:" + port,
            "/",
            "",
            List.of(Map.entry("X-Amz-Target", target)),
            body,
            new RequestSigner.Credentials(
                ClientEnvironment.DEFAULT_KEY, ClientEnvironment.DEFAULT_KEY, ""),
            "us-east-1",
            service,
            SIGNED);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("http", "/"))
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(BodyPublishers.ofByteArray(body));
    // The HTTP client sends the host itself.
    signed.stream()
        .filter(header -> !header.getKey().equalsIgnoreCase("host"))
        .forEach(header -> request.header(header.getKey(), header.getValue()));
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() == 400 && answer.body().contains("UnrecognizedClientException")) {
      throw new Failure(
          "the simulator on port "
              + port
              + " does not know the key 'test', with which this command signs;"
              + " start it with --access-key test:test besides your own keys");
    }
    return expect(200, answer);
  }

  /** Sends a request and returns the answer of any status. */
  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, ANSWER_LIMIT);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Duration limit) {
    try {
      return http.send(request.timeout(limit).build(), BodyHandlers.ofString());
    } catch (ConnectException unreachable) {
      throw new Failure(
          "no simulator answers on port "
              + port
              + "; start one with 'syncline up', or give --port");
    } catch (IOException broken) {
      throw new Failure("port " + port + ": " + Failure.reason(broken));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }

  private JsonNode expect(int status, HttpResponse<String> answer) {
    JsonNode body;
    try {
      body = CliJson.parse(answer.body());
    } catch (JsonProcessingException notJson) {
      throw new Failure("the server on port " + port + " is not a Syncline simulator");
    }
    if (answer.statusCode() != status) {
      String message = body.path("message").asText(body.path("Message").asText(answer.body()));
      throw new Failure("port " + port + " answered " + answer.statusCode() + ": " + message);
    }
    return body;
  }
}
