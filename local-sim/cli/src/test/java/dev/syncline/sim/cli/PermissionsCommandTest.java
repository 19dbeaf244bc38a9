// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.settings.IamMode;
import dev.syncline.sim.service.settings.IamSettings;
import dev.syncline.sim.service.settings.IdentitySettings;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The report of permissions, and the options that ask for it. */
class PermissionsCommandTest {
  private static final String ROLE = "arn:aws:iam::111111111111:role/worker";

  @TempDir private Path work;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int permissions(IamMode mode, String... words) {
    SimulatorConfig config =
        SimulatorConfig.defaults(work).withPort(0, -1).withSetting(new IamSettings(mode, true));
    try (Instance instance = Instance.start(config, new StopSignal())) {
      Simulator simulator = instance.simulator();
      simulator
          .dispatcher()
          .call(
              "sqs",
              "ListQueues",
              CliJson.object(),
              simulator.internalCall().as(new CallPrincipal.RoleSession(ROLE, "s")));
      var arguments =
          new ArrayList<>(List.of("permissions", "--port", String.valueOf(simulator.port())));
      arguments.addAll(List.of(words));
      return Main.run(
          new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }
  }

  @Test
  void theReportHasWhatARoleUsedAndTheSmallestPolicy() {
    assertThat(permissions(IamMode.RECORD)).isZero();

    assertThat(out.toString())
        .contains(ROLE)
        .contains("REFUSED  sqs:ListQueues on ")
        .contains("(1 times; no identity-based policy allows it)")
        .contains("smallest policy:")
        .contains("\"sqs:ListQueues\"");
  }

  @Test
  void anotherNameHasNoReport() {
    assertThat(permissions(IamMode.RECORD, "other-role")).isZero();

    assertThat(out.toString()).contains("No permission was asked for by other-role.");
  }

  private int strictLogs(IdentitySettings identities) {
    SimulatorConfig config =
        SimulatorConfig.defaults(work)
            .withPort(0, -1)
            .withSetting(new IamSettings(IamMode.ENFORCE, false))
            .withSetting(identities);
    try (Instance instance = Instance.start(config, new StopSignal())) {
      return Main.run(
          new PrintWriter(out, true),
          new PrintWriter(err, true),
          "logs",
          "--port",
          String.valueOf(instance.simulator().port()));
    }
  }

  @Test
  void logsAreReadWhereKeysAreStrict() {
    assertThat(strictLogs(IdentitySettings.DEFAULT)).as(err.toString()).isZero();
  }

  @Test
  void logsTellWhichKeyIsMissing() {
    var others =
        new IdentitySettings(IdentitySettings.DEFAULT.signatures(), Map.of("me", "secret"));

    assertThat(strictLogs(others)).isNotZero();
    assertThat(err.toString()).contains("does not know the key 'test'", "--access-key test:test");
  }

  @Test
  void aReportNeedsRecording() {
    assertThat(permissions(IamMode.OFF)).isOne();

    assertThat(err.toString()).contains("--iam off").contains("--iam record");
  }

  @Test
  void theJsonHasTheSame() throws Exception {
    permissions(IamMode.RECORD, "--json");

    assertThat(CliJson.parse(out.toString()).at("/principals/0/principal").asText())
        .isEqualTo(ROLE);
  }

  @Test
  void theOptionsAreTheSettings() {
    assertThat(settings()).isEqualTo(IamSettings.DEFAULT);
    assertThat(settings("--iam", "enforce", "--iam-keys", "strict"))
        .isEqualTo(new IamSettings(IamMode.ENFORCE, false));
    assertThatThrownBy(() -> settings("--iam", "on"))
        .hasMessage("--iam must be off, record or enforce, got 'on'");
    assertThatThrownBy(() -> settings("--iam-keys", "none"))
        .hasMessage("--iam-keys must be lax or strict, got 'none'");
  }

  private static IamSettings settings(String... arguments) {
    return CommandLine.populateCommand(new IamOptions(), arguments).settings();
  }
}
