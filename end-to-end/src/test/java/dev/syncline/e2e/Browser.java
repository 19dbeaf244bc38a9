// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A browser of the Chromium family without a window, by its DevTools protocol. One thread uses it.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 60;

  /** Where they are looked for, on the path. */
  private static final List<String> NAMES =
      List.of(
          "chromium",
          "chromium-browser",
          "google-chrome",
          "google-chrome-stable",
          "microsoft-edge",
          "chrome-headless-shell");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final WebSocket socket;
  private final WebSocketFrames frames;
  private int lastId;

  private Browser(Process process, String address) throws Exception {
    this.process = process;
    this.frames = new WebSocketFrames();
    this.socket = http.newWebSocketBuilder().buildAsync(URI.create(address), frames).get();
  }

  /** The program; skips the test, with the reason, where none is installed. */
  static Path requireInstalled() {
    Optional<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), "a browser is not installed: none of " + NAMES);
    return found.orElseThrow();
  }

  /** Starts it with a new profile. */
  static Browser start(Path program, Path profile) throws Exception {
    Files.createDirectories(profile);
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile.toAbsolutePath(),
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                // Its sandbox cannot be had in a container as root; the page is our own.
                "--no-sandbox",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    try {
      Path port = profile.resolve("DevToolsActivePort");
      Deployed.until(
          () -> {
            assertThat(process.isAlive())
                .as(() -> "the browser ended: " + text(profile.resolve("log")))
                .isTrue();
            return Files.exists(port) && Files.readAllLines(port).size() == 2;
          });
      List<String> lines = Files.readAllLines(port);
      return new Browser(process, "ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    } catch (Exception | AssertionError failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** Opens a page in a new tab. */
  Tab open(String url) throws Exception {
    String target =
        result("", "Target.createTarget", JSON.createObjectNode().put("url", url))
            .path("targetId")
            .asText();
    String session =
        result(
                "",
                "Target.attachToTarget",
                JSON.createObjectNode().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asText();
    return new Tab(session);
  }

  private JsonNode call(String session, String method, ObjectNode parameters) throws Exception {
    int id = ++lastId;
    ObjectNode frame = JSON.createObjectNode().put("id", id).put("method", method);
    if (!session.isEmpty()) {
      frame.put("sessionId", session);
    }
    frame.set("params", parameters);
    socket.sendText(frame.toString(), true).get();
    while (true) {
      String text = frames.received.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(text).as("no answer to " + method + " " + parameters).isNotNull();
      JsonNode answer = JSON.readTree(text);
      if (answer.path("id").asInt() == id) {
        return answer;
      }
    }
  }

  private JsonNode result(String session, String method, ObjectNode parameters) throws Exception {
    JsonNode answer = call(session, method, parameters);
    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    return answer.path("result");
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    http.shutdownNow();
    process.destroy();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** A page. */
  final class Tab {
    private final String session;

    Tab(String session) {
      this.session = session;
    }

    /** Runs JavaScript, which must not throw, and gives its value. */
    JsonNode run(String script) throws Exception {
      JsonNode answer = evaluated(script);
      assertThat(answer.at("/result/result").isObject() && !threw(answer))
          .as(script + ": " + answer)
          .isTrue();
      return answer.at("/result/result/value");
    }

    private boolean threw(JsonNode answer) {
      return answer.path("result").has("exceptionDetails");
    }

    private JsonNode evaluated(String script) throws Exception {
      return call(
          session,
          "Runtime.evaluate",
          JSON.createObjectNode()
              .put("expression", script)
              .put("awaitPromise", true)
              .put("returnByValue", true));
    }

    /**
     * Waits until the expression is true; fails after a minute with what the page shows. An
     * expression that throws is not true: the page may be loading.
     */
    void until(String expression) throws Exception {
      long attempts = 30L * SECONDS;
      for (long attempt = 0; attempt < attempts; attempt++) {
        if (evaluated("Boolean(" + expression + ")").at("/result/result/value").asBoolean()) {
          return;
        }
        Thread.sleep(20);
      }
      throw new AssertionError(
          expression + " did not come true; the page shows " + run("document.body.innerText"));
    }

    /** Sets the value of a field. */
    void set(String id, String value) throws Exception {
      run("document.getElementById('" + id + "').value = " + JSON.writeValueAsString(value));
    }

    /** Submits a form as its button does. */
    void submit(String id) throws Exception {
      run("document.getElementById('" + id + "').requestSubmit()");
    }
  }
}
