// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code syncline up} as a separate process, from the classes under test. */
final class CommandLine implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PAUSE_NANOS = 50_000_000;

  private final Process process;
  private final JsonNode ready;
  private final HttpClient client = HttpClient.newHttpClient();

  private CommandLine(Process process, JsonNode ready) {
    this.process = process;
    this.ready = ready;
  }

  /** Starts it and waits until it is ready; on failure the exception has its output. */
  static CommandLine up(Path work, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.syncline.sim.cli.Main",
                "up",
                "--json",
                "--port",
                "0",
                "--tls-port",
                "-1",
                "--work-directory",
                work.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SYNCLINE_HOME", work.resolve("home").toString());
    Process process = builder.start();
    var said = new StringBuilder();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith("{") && JSON.readTree(line).path("event").asText().equals("ready")) {
        return new CommandLine(process, JSON.readTree(line));
      }
    }
    throw new IllegalStateException("syncline up ended before it was ready:\n" + said);
  }

  /** The JSON object that it printed when it was ready. */
  JsonNode ready() {
    return ready;
  }

  /** The path of its API, without host and port. */
  String path(String method) {
    for (JsonNode api : ready.path("httpApis")) {
      for (JsonNode route : api.path("routes")) {
        if (route.asText().startsWith(method + " ")) {
          String own = route.asText().substring(method.length() + 1);
          return URI.create(api.path("url").asText()).getPath() + own;
        }
      }
    }
    throw new IllegalStateException("no " + method + " in " + ready);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(ready.path("endpoint").asText() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Calls an operation of a service that speaks JSON, as every client does. */
  JsonNode call(String service, String target, String input) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(ready.path("endpoint").asText() + "/"))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", target)
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/"
                        + service
                        + "/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(input))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(target + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** A request to S3, as its clients sign it. */
  HttpResponse<String> s3(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(ready.path("endpoint").asText() + path))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request,"
                    + " SignedHeaders=host, Signature=00")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonNode status() throws Exception {
    return JSON.readTree(
        client
            .send(
                HttpRequest.newBuilder(
                        URI.create(ready.path("endpoint").asText() + "/_syncline/status"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  /** Waits until everything that has happened so far is on disk. */
  void untilSaved() throws Exception {
    long changes = status().at("/data/changes").asLong();
    while (status().at("/data/savedChanges").asLong() < changes) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** SIGKILL: it cannot do anything about it. */
  void kill() throws InterruptedException {
    // Its functions end by themselves when they lose it; this does not wait for them.
    List<ProcessHandle> functions = process.descendants().toList();
    process.destroyForcibly().waitFor();
    functions.forEach(ProcessHandle::destroyForcibly);
  }

  /** SIGTERM; returns when it has ended by itself. */
  int stop() throws Exception {
    // Not through the process itself: that would close what it still writes to.
    process.toHandle().destroy();
    // A process that writes to a full pipe without a reader blocks.
    process.inputReader().lines().forEach(line -> {});
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("syncline does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    client.close();
    kill();
  }
}
