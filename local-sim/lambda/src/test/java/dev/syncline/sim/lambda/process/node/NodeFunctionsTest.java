// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LogSettings;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.InterpreterSettings;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.ProcessEnvironments;
import dev.syncline.sim.lambda.process.ProcessOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node.js functions in environments of a host. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NodeFunctionsTest {
  @TempDir Path directory;

  private final SimClock clock = new SimClock(new ClockMode.Real());
  private final Ids ids = new Ids(7);
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final List<FunctionHost> hosts = new ArrayList<>();
  private Path code;
  private @Nullable Path layers;
  private @Nullable Path sdk;

  @BeforeEach
  void prepare() throws IOException {
    try {
      Interpreters.ofThisProcess(InterpreterSettings.DEFAULT).find(Language.NODE, "nodejs20.x");
    } catch (CannotStartException none) {
      assumeTrue(false, "node is not installed");
    }
    code = Files.createDirectories(directory.toRealPath().resolve("code"));
  }

  @AfterEach
  void close() {
    hosts.forEach(FunctionHost::close);
    clock.close();
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private FunctionHost host(int maxEnvironments) throws IOException {
    Path root = directory.toRealPath();
    var interpreters = Interpreters.ofThisProcess(InterpreterSettings.DEFAULT);
    var family =
        new NodeFamily(
            interpreters,
            new ClientScripts(root.resolve("clients")),
            new NodeSdk(sdk, Map.of(), root, root));
    var host =
        new FunctionHost(
            clock,
            new Ids(1),
            new Journal(clock),
            new ProcessEnvironments(
                List.of(family), ProcessOptions.defaults(root.resolve("work"), Map::of)),
            (group, stream, at, line) -> log.add(line),
            maxEnvironments,
            () -> 0,
            false);
    hosts.add(host);
    return host;
  }

  private FunctionSpec spec(String runtime, Map<String, String> environment) {
    return new FunctionSpec(
        "f",
        "$LATEST",
        "arn:aws:lambda:us-east-1:111111111111:function:f",
        "1",
        runtime,
        "index.handler",
        256,
        Duration.ofSeconds(30),
        environment,
        FunctionCode.unpacked(code),
        1,
        null,
        "/aws/lambda/f",
        false,
        LogSettings.TEXT,
        layers,
        "");
  }

  private CompletableFuture<InvocationResult> start(
      FunctionHost host, FunctionSpec spec, String event) {
    return host.invoke(
        spec,
        new Invocation(
            ids.uuid().toString(),
            spec.arn(),
            event.getBytes(StandardCharsets.UTF_8),
            null,
            null,
            false));
  }

  private InvocationResult invoke(FunctionHost host, FunctionSpec spec, String event) {
    return start(host, spec, event).join();
  }

  private static String text(InvocationResult result) {
    return new String(result.payload(), StandardCharsets.UTF_8);
  }

  private void write(String file, String... lines) throws IOException {
    Path target = code.resolve(file);
    Files.createDirectories(target.getParent());
    Files.writeString(target, String.join("\n", lines));
  }

  private static void pack(Path modules, String name, String text) throws IOException {
    Path target = Files.createDirectories(modules.resolve(name));
    Files.writeString(
        target.resolve("package.json"), "{\"name\":\"" + name + "\",\"main\":\"index.js\"}");
    Files.writeString(target.resolve("index.js"), "exports.from = '" + text + "';");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodejs18.x", "nodejs20.x", "nodejs22.x", "nodejs24.x"})
  void aFunctionOfEachRuntimeAnswersAndLogsWholeRecords(String runtime) throws IOException {
    write(
        "index.js",
        "exports.handler = async (event) => {",
        "  console.log('two\\nlines', { a: 1 });",
        "  process.stdout.write('raw\\n');",
        "  return { n: event.n + 1, env: process.env.AWS_EXECUTION_ENV };",
        "};");
    FunctionHost host = host(2);

    InvocationResult result = invoke(host, spec(runtime, Map.of()), "{\"n\":1}");

    assertThat(text(result)).isEqualTo("{\"n\":2,\"env\":\"AWS_Lambda_" + runtime + "\"}");
    assertThat(log).anyMatch(event -> event.endsWith("INFO\ttwo\nlines { a: 1 }"));
    assertThat(log).contains("raw");
  }

  /**
   * The one environment dies after it has posted the error; the queued invocation gets a new one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"reject", "throw", "exit"})
  void aDyingProcessTakesNoQueuedInvocationWithIt(String how) throws IOException {
    write(
        "index.js",
        "exports.handler = async (event) => {",
        "  if (event === 'reject') Promise.reject(new Error('floating'));",
        "  if (event === 'throw') setTimeout(() => { throw new Error('in a timer'); });",
        "  if (event === 'exit') process.exit(3);",
        "  if (event !== 'live') await new Promise(() => setInterval(() => {}, 1000));",
        "  return event;",
        "};");
    FunctionHost host = host(1);
    FunctionSpec spec = spec("nodejs22.x", Map.of());
    var dying = new ArrayList<CompletableFuture<InvocationResult>>();
    var living = new ArrayList<CompletableFuture<InvocationResult>>();
    for (int i = 0; i < 5; i++) {
      dying.add(start(host, spec, "\"" + how + "\""));
      living.add(start(host, spec, "\"live\""));
    }

    for (CompletableFuture<InvocationResult> one : living) {
      assertThat(text(one.join())).isEqualTo("\"live\"");
    }
    for (CompletableFuture<InvocationResult> one : dying) {
      assertThat(text(one.join()))
          .contains(
              switch (how) {
                case "reject" -> "\"errorType\":\"Runtime.UnhandledPromiseRejection\"";
                case "throw" -> "\"errorMessage\":\"in a timer\"";
                default -> "Runtime exited with error: exit status 3";
              });
    }
  }

  @Test
  void layersAreFoundByRequireAndImportInTheirOrder() throws IOException {
    layers = directory.toRealPath().resolve("opt");
    pack(layers.resolve("nodejs/node_modules"), "both", "all versions");
    pack(layers.resolve("nodejs/node22/node_modules"), "both", "node22");
    pack(layers.resolve("nodejs/node_modules"), "one", "all versions");
    write(
        "index.mjs",
        "import { createRequire } from 'node:module';",
        "import both from 'both';",
        "import one from 'one';",
        "const required = createRequire(import.meta.url)('both');",
        "const later = await import('one');",
        "export const handler = async () =>",
        "  [both.from, one.from, required.from, later.default.from];");
    FunctionHost host = host(1);

    assertThat(text(invoke(host, spec("nodejs22.x", Map.of()), "{}")))
        .isEqualTo("[\"node22\",\"all versions\",\"node22\",\"all versions\"]");
  }

  @Test
  void aLayerIsFoundByAnImportInACommonJsModuleThatTheHandlerLoads() throws IOException {
    layers = directory.toRealPath().resolve("opt");
    pack(layers.resolve("nodejs/node_modules"), "one", "a layer");
    write("later.js", "exports.load = () => import('one');");
    write(
        "index.js",
        "const later = require('./later');",
        "exports.handler = async () => (await later.load()).default.from;");
    FunctionHost host = host(2);

    assertThat(text(invoke(host, spec("nodejs20.x", Map.of()), "{}"))).isEqualTo("\"a layer\"");
    assertThat(text(invoke(host, spec("nodejs24.x", Map.of()), "{}"))).isEqualTo("\"a layer\"");
  }

  @Test
  void theSdkIsWhatTheMachineHasAndNothingElseOfIt() throws IOException {
    sdk = directory.toRealPath().resolve("global/node_modules");
    pack(sdk, "@aws-sdk/client-s3", "the sdk");
    pack(sdk, "left-pad", "not part of Lambda");
    write(
        "index.mjs",
        "import s3 from '@aws-sdk/client-s3';",
        "export const handler = async () =>",
        "  [s3.from, await import('left-pad').catch((error) => error.code)];");
    FunctionHost host = host(1);

    assertThat(text(invoke(host, spec("nodejs24.x", Map.of()), "{}")))
        .isEqualTo("[\"the sdk\",\"ERR_MODULE_NOT_FOUND\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodejs22.x", "nodejs24.x"})
  void withoutAnSdkTheErrorIsNodesAndOneLineSaysWhatToDo(String runtime) throws IOException {
    write("index.js", "require('@aws-sdk/client-s3');", "exports.handler = async () => 1;");
    FunctionHost host = host(1);

    InvocationResult result = invoke(host, spec(runtime, Map.of()), "{}");

    assertThat(result.errorType()).isEqualTo("Runtime.ImportModuleError");
    assertThat(text(result)).contains("Error: Cannot find module '@aws-sdk/client-s3'");
    assertThat(log)
        .contains(
            "the AWS SDK that Lambda includes is not on this machine: npm i -g"
                + " @aws-sdk/client-s3, or --sdk-node PATH");
  }

  @Test
  void anAnswerThatIsTooLargeIsAnErrorAndTheEnvironmentLivesOn() throws IOException {
    write(
        "index.js",
        "let calls = 0;",
        "exports.handler = async (event) => ++calls && (event === 'large' ? 'x'.repeat(7e6) :"
            + " calls);");
    FunctionHost host = host(1);
    FunctionSpec spec = spec("nodejs22.x", Map.of());

    assertThat(invoke(host, spec, "\"large\"").errorType())
        .isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(text(invoke(host, spec, "\"small\""))).isEqualTo("2");
  }

  @Test
  void requireOfAnEsModuleNeedsAnOption() throws IOException {
    write("es.mjs", "export const from = 'es';");
    write("index.js", "exports.handler = async () => require('./es.mjs').from;");
    FunctionHost host = host(2);

    assertThat(text(invoke(host, spec("nodejs22.x", Map.of()), "{}")))
        .contains("require() of ES Module");
  }
}
