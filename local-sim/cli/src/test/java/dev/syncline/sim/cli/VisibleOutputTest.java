// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultRule;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from outside cannot control the user's terminal. */
class VisibleOutputTest {
  private static final String ATTACK = "\u001b]0;pwned\u0007\u001b[2J\u009b31m\r\u202e\u007fend";
  private static final String SHOWN =
      "\\u001b]0;pwned\\u0007\\u001b[2J\\u009b31m\\u000d\\u202e\\u007fend";

  @TempDir private Path work;
  private Instance instance;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() {
    instance = Instance.start(SimulatorConfig.defaults(work).withPort(0, -1), new StopSignal());
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @Test
  void logsShowControlCharactersAndCannotFakeALine() {
    log(ATTACK + "\n2026-01-01T00:00:00Z faked");

    assertThat(run("logs", "g")).isZero();

    assertThat(out.toString().lines().toList())
        .satisfiesExactly(
            first -> assertThat(first).endsWith("Z " + SHOWN),
            second -> assertThat(second).isEqualTo("    2026-01-01T00:00:00Z faked"));
  }

  @Test
  void rawLogsAreAsTheyAre() {
    log(ATTACK + "\nsecond");

    assertThat(run("logs", "g", "--raw")).isZero();

    assertThat(out.toString()).endsWith(" " + ATTACK + "\nsecond" + System.lineSeparator());
  }

  @Test
  void plannedFaultsAndErrorsAreShown() {
    instance
        .simulator()
        .faults()
        .add(
            new FaultRule(
                "call", Map.of("service", ATTACK), 1, 1, new Fault.Refuse(503, "E", ATTACK)));

    assertThat(run("fault")).isZero();
    assertThat(run("logs", ATTACK)).isEqualTo(1);

    assertThat(out.toString()).contains("\\u009b31m").doesNotContain("\u009b", "\u202e", "\u007f");
    assertThat(err.toString())
        .contains("there is no log group \\u001b]0;pwned\\u0007")
        .doesNotContain("\u001b");
  }

  private void log(String message) {
    call("CreateLogGroup", CliJson.object().put("logGroupName", "g"));
    call("CreateLogStream", CliJson.object().put("logGroupName", "g").put("logStreamName", "s"));
    ObjectNode events = CliJson.object().put("logGroupName", "g").put("logStreamName", "s");
    events
        .putArray("logEvents")
        .addObject()
        .put("timestamp", instance.simulator().clock().millis())
        .put("message", message);
    call("PutLogEvents", events);
  }

  private void call(String operation, ObjectNode input) {
    Simulator simulator = instance.simulator();
    simulator.dispatcher().call("logs", operation, input, simulator.internalCall());
  }

  private int run(String... words) {
    var arguments = new ArrayList<>(List.of(words));
    arguments.add("--port");
    arguments.add(String.valueOf(instance.simulator().port()));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }
}
