// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.LogSettings;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Handlers with the bodies, log events and exit statuses that AWS's client for Python gives for
 * them. The bodies are compared byte for byte, apart from paths and line numbers of the
 * interpreter's own files.
 */
@Timeout(120)
class PythonClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  static Stream<Named<JsonNode>> cases() throws Exception {
    try (InputStream file = PythonClientTest.class.getResourceAsStream("cases.json")) {
      var all = new ArrayList<Named<JsonNode>>();
      for (JsonNode one : new ObjectMapper().readTree(file)) {
        all.add(Named.of("handler " + one.path("handler") + " " + one.path("level").asText(), one));
      }
      return all.stream();
    }
  }

  private static Path functions() throws Exception {
    var resource = PythonClientTest.class.getResource("functions/values.py");
    return Objects.requireNonNull(Path.of(Objects.requireNonNull(resource).toURI()).getParent());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAndLogsAsOnLambda(JsonNode given) throws Exception {
    LogSettings logging =
        given.has("level")
            ? new LogSettings(true, given.path("level").asText(), "INFO")
            : LogSettings.TEXT;
    try (var functions = new PythonFunctions(directory, Map.of())) {
      ExecutionEnvironment environment =
          functions.start(
              PythonFunctions.spec(functions(), given.path("handler").asText(), logging));
      FunctionOutcome ready = PythonFunctions.get(environment.ready());
      if (given.has("init")) {
        assertThat(normal(PythonFunctions.text(ready))).isEqualTo(given.path("init").asText());
        PythonFunctions.get(environment.ended());
      } else if (ready.errorType() != null) {
        assertExit(given, PythonFunctions.text(ready));
      } else {
        invokeAll(environment, given);
      }
      PythonFunctions.get(environment.kill());

      assertThat(functions.log.stream().map(this::normal).filter(line -> !isCrash(line)).sorted())
          .containsExactlyElementsOf(texts(given.path("log")));
    }
  }

  private void invokeAll(ExecutionEnvironment environment, JsonNode given) throws Exception {
    int number = 0;
    for (JsonNode wanted : given.path("invocations")) {
      number++;
      FunctionOutcome outcome =
          PythonFunctions.get(environment.invoke(invocation("req-" + number, wanted), LIMIT));
      String text = normal(PythonFunctions.text(outcome));
      if (wanted.has("response")) {
        assertThat(outcome.errorType()).isNull();
        assertThat(text).isEqualTo(wanted.path("response").asText());
      } else if (wanted.has("error")) {
        assertThat(outcome.errorType()).isNotNull();
        assertThat(text).isEqualTo(wanted.path("error").asText());
      } else {
        assertExit(given, text);
      }
    }
  }

  private static void assertExit(JsonNode given, String text) {
    int status = given.path("exit").asInt();
    assertThat(text)
        .contains("Runtime.ExitError")
        .contains(
            status == 0
                ? "Runtime exited without providing a reason"
                : status < 0
                    ? "Runtime exited with error: signal: killed"
                    : "Runtime exited with error: exit status " + status + "\"");
  }

  private static Invocation invocation(String requestId, JsonNode wanted) {
    return new Invocation(
        requestId,
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        wanted.path("event").asText().getBytes(StandardCharsets.UTF_8),
        text(wanted, "trace"),
        text(wanted, "context"),
        false,
        text(wanted, "identity"),
        text(wanted, "tenant"),
        null);
  }

  private static @Nullable String text(JsonNode node, String member) {
    return node.path(member).textValue();
  }

  private static List<String> texts(JsonNode lines) {
    var texts = new ArrayList<String>();
    lines.forEach(line -> texts.add(line.asText()));
    return texts;
  }

  /** The interpreter's own report of a SystemExit is not compared. */
  private static boolean isCrash(String line) {
    return line.startsWith("Traceback") || line.startsWith("  ");
  }

  private String normal(String text) {
    try {
      return text.replace(functions().toString(), "$TASK")
          .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z", "TIME")
          .replaceAll(
              "File (\\\\?)\"[^\"]*/importlib/__init__\\.py\\\\?\", line \\d+",
              "File $1\"\\$IMPORTLIB$1\", line 0")
          .replaceAll(
              "(<frozen importlib\\._bootstrap(?:_external)?>\\\\?\"), line \\d+", "$1, line 0");
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
