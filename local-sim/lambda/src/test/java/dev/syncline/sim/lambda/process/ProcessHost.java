// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LogLines;
import dev.syncline.sim.lambda.process.java.JavaFamily;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.TestInfo;

/** A host with real child processes for one handler class. */
final class ProcessHost implements AutoCloseable {
  final FunctionHost host;
  private final Ids ids = new Ids(7);
  private final Path code;
  private final String handler;
  private Duration timeout = Duration.ofSeconds(60);
  private int memoryMb = 512;
  private Map<String, String> environment = Map.of();
  private boolean snapStart;

  ProcessHost(
      SimClock clock,
      Journal journal,
      RuntimeInterfaceClient client,
      LogLines logs,
      Path code,
      String handler) {
    this.code = code;
    this.handler = handler;
    this.host =
        new FunctionHost(
            clock,
            new Ids(1),
            journal,
            JavaFamily.environments(client, options(client, code.resolveSibling("tmp"), Map::of)),
            logs,
            8,
            () -> 0,
            false);
  }

  ProcessHost timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  ProcessHost memory(int megabytes) {
    memoryMb = megabytes;
    return this;
  }

  ProcessHost variable(String name, String value) {
    environment = Map.of(name, value);
    return this;
  }

  ProcessHost snapStart() {
    snapStart = true;
    return this;
  }

  FunctionSpec spec() {
    return new FunctionSpec(
        "faulty",
        snapStart ? "1" : "$LATEST",
        "arn:aws:lambda:us-east-1:111111111111:function:faulty",
        environment + " " + memoryMb + " " + timeout,
        "java21",
        handler,
        memoryMb,
        timeout,
        environment,
        FunctionCode.unpacked(code),
        1,
        null,
        "/aws/lambda/faulty",
        snapStart);
  }

  CompletableFuture<InvocationResult> start(String mode) {
    FunctionSpec spec = spec();
    return start(host, ids, spec, mode);
  }

  static CompletableFuture<InvocationResult> start(
      FunctionHost host, Ids ids, FunctionSpec spec, String mode) {
    return host.invoke(
        spec,
        new Invocation(
            ids.uuid().toString(),
            spec.arn(),
            ("\"" + mode + "\"").getBytes(StandardCharsets.UTF_8),
            null,
            null,
            false));
  }

  /** How the processes of a client are handled: without the library as on macOS. */
  static ProcessOptions options(
      RuntimeInterfaceClient client, Path temporary, Supplier<Map<String, String>> environment) {
    ProcessOptions options = ProcessOptions.defaults(temporary, environment);
    return client.nativeLibrary() == null
        ? options.on(new HostPlatform("Mac OS X", "aarch64"))
        : options;
  }

  /** AWS's client, as the test class asks for it. */
  static RuntimeInterfaceClient client(Path directory, TestInfo test) {
    Path target = directory.resolve("client");
    return test.getTestClass().orElseThrow().isAnnotationPresent(WithoutNativeLibrary.class)
        ? RuntimeInterfaceClient.unpackWithoutNativeLibrary(target)
        : RuntimeInterfaceClient.unpack(target);
  }

  static void assertNoProcessIsLeft() {
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  InvocationResult invoke(String mode) {
    return start(mode).join();
  }

  String answer(String mode) {
    return text(invoke(mode));
  }

  static String text(InvocationResult result) {
    return new String(result.payload(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    host.close();
  }
}
