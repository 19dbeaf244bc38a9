// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host of functions in this process, on skipping time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class InProcessFixture {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  final SimClock clock = new SimClock(new ClockMode.Skipping(), START, Duration.ofMillis(50));
  final Journal journal = new Journal(clock);
  final Ids ids = new Ids(3);
  final InProcessFunctions functions = new InProcessFunctions();
  final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  final FunctionHost host =
      new FunctionHost(
          clock,
          ids,
          journal,
          new InProcessEnvironments(
              clock, journal, functions, () -> Map.of("AWS_REGION", "us-east-1")),
          (group, stream, at, line) -> log.add(line),
          4,
          () -> 0,
          true);

  @AfterEach
  void stop() {
    host.close();
    clock.close();
  }

  FunctionSpec spec(String handler, Duration timeout, Map<String, String> environment) {
    return new FunctionSpec(
        handler,
        "$LATEST",
        "arn:aws:lambda:us-east-1:111111111111:function:" + handler,
        "1",
        "java21",
        handler,
        256,
        timeout,
        environment,
        FunctionCode.unpacked(directory),
        1,
        null,
        "/aws/lambda/" + handler,
        false);
  }

  Invocation invocation(FunctionSpec spec, String event) {
    return new Invocation(
        ids.uuid().toString(),
        spec.arn(),
        event.getBytes(StandardCharsets.UTF_8),
        null,
        null,
        false);
  }

  InvocationResult invoke(FunctionSpec spec, String event) {
    return host.invoke(spec, invocation(spec, event)).join();
  }

  static String text(InvocationResult result) {
    return new String(result.payload(), StandardCharsets.UTF_8);
  }
}
