// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.InterpreterSettings;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our clients for Node.js against small handlers: what they post, log, and how they end. The
 * expected results are those of AWS's clients, aws-lambda-ric 3.3.0 (its source da5777a) and 4.0.2,
 * on Node.js 20 with the same recording Runtime API.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NodeClientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RECORDED_ON = 20;

  /** Cases in which the text is V8's, and differs between its versions. */
  private static final Set<String> TEXT_OF_THE_ENGINE =
      Set.of(
          "bad event",
          "bad client context",
          "syntax error",
          "ES module by a broken package.json",
          "console JSON",
          "stream members");

  @TempDir static Path directory;

  private static final Interpreters INTERPRETERS =
      Interpreters.ofThisProcess(InterpreterSettings.DEFAULT);

  /** A handler with a runtime. */
  record NodeCase(String runtime, JsonNode given, JsonNode expected) {
    String name() {
      return given.path("name").asText();
    }

    @Override
    public String toString() {
      return name() + " on " + runtime;
    }
  }

  static Stream<NodeCase> cases() throws IOException {
    JsonNode given = read("cases.json");
    JsonNode expected = read("expected.json");
    var cases = new ArrayList<NodeCase>();
    for (JsonNode one : given) {
      expected
          .path(one.path("name").asText())
          .properties()
          .forEach(result -> cases.add(new NodeCase(result.getKey(), one, result.getValue())));
    }
    assertThat(cases).hasSizeGreaterThanOrEqualTo(2 * given.size());
    return cases.stream();
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream file = NodeClientsTest.class.getResourceAsStream(name)) {
      return JSON.readTree(file);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answersAsAwsClientsDo(NodeCase one) throws Exception {
    int major = requireNode();
    assumeTrue(
        major == RECORDED_ON || !TEXT_OF_THE_ENGINE.contains(one.name()),
        "Node.js 20 or newer is needed, in the version whose error texts were recorded");
    Path root = Files.createTempDirectory(directory.toRealPath(), "task");
    for (Map.Entry<String, JsonNode> file : one.given().path("files").properties()) {
      Path target = root.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      var lines = new ArrayList<String>();
      file.getValue().forEach(line -> lines.add(line.asText()));
      Files.writeString(target, String.join("\n", lines));
    }
    assertThat(run(one, root).toPrettyString()).isEqualTo(one.expected().toPrettyString());
  }

  /** The major version; skips the test without Node.js. */
  private static int requireNode() {
    try {
      return INTERPRETERS.find(Language.NODE, "nodejs20.x").interpreter().major();
    } catch (CannotStartException none) {
      assumeTrue(false, "node is not installed");
      return 0;
    }
  }

  private static ObjectNode run(NodeCase one, Path root) throws Exception {
    var family = new NodeFamily(INTERPRETERS, new ClientScripts(directory.toRealPath()));
    Child child = family.child(spec(one, root));
    var normalized = new Normalized(root, child.runtimeDirectory());
    try (var api =
        new RecordingRuntimeApi(RecordingRuntimeApi.events(one.given().path("events")))) {
      var builder = new ProcessBuilder(child.command()).directory(root.toFile());
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().clear();
      builder.environment().putAll(variables(one, root, child, api.address()));
      Process process = builder.start();
      process.getOutputStream().close();
      var output =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new String(
                      process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException failure) {
                  throw new java.io.UncheckedIOException(failure);
                }
              },
              task -> Thread.ofVirtual().start(task));
      while (!api.idle() && !process.waitFor(5, TimeUnit.MILLISECONDS)) {
        // One of both comes, or the test's time-out.
      }
      ObjectNode result = JSON.createObjectNode();
      ArrayNode posts = result.putArray("posts");
      boolean idle = api.idle();
      // Not by the process itself, which would also close the output that is still to be read.
      boolean ended = process.toHandle().destroyForcibly();
      int status = process.waitFor();
      assertThat(ended || !idle).isTrue();
      result.set("log", normalized.log(output.join()));
      api.posts().forEach(post -> posts.add(normalized.post(post)));
      if (idle) {
        result.put("status", "idle");
      } else {
        result.put("status", status);
      }
      return result;
    }
  }

  private static FunctionSpec spec(NodeCase one, Path root) {
    return new FunctionSpec(
        "f",
        "$LATEST",
        "arn:aws:lambda:us-east-1:111111111111:function:f",
        "1",
        one.runtime() + ".x",
        one.given().path("handler").asText("index.handler"),
        128,
        Duration.ofSeconds(60),
        Map.of(),
        FunctionCode.unpacked(root),
        1,
        null,
        "/aws/lambda/f",
        false);
  }

  private static Map<String, String> variables(NodeCase one, Path root, Child child, String api) {
    var variables = new LinkedHashMap<>(child.defaults());
    variables.put("AWS_LAMBDA_RUNTIME_API", api);
    variables.put("LAMBDA_TASK_ROOT", root.toString());
    variables.put("LAMBDA_RUNTIME_DIR", child.runtimeDirectory().toString());
    variables.put("_HANDLER", one.given().path("handler").asText("index.handler"));
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + one.runtime() + ".x");
    List.of("NAME=f", "VERSION=$LATEST", "MEMORY_SIZE=128")
        .forEach(
            pair ->
                variables.put(
                    "AWS_LAMBDA_FUNCTION_" + pair.split("=", 2)[0], pair.split("=", 2)[1]));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/f");
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "s");
    variables.put("TZ", ":UTC");
    one.given()
        .path("env")
        .properties()
        .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    return variables;
  }
}
