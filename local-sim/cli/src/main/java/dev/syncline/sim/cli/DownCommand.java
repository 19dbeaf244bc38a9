// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a running simulator and waits until it has ended. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Stop the running simulator.")
final class DownCommand implements Callable<Integer> {
  private static final int LOOKS = 150;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConnectOptions connectOptions = new ConnectOptions();

  @Override
  public Integer call() {
    AdminClient client = connectOptions.connect();
    client.shutdown();
    var never = new StopSignal();
    for (int look = 0; look < LOOKS; look++) {
      never.await(BETWEEN_LOOKS);
      if (!client.isThere()) {
        spec.commandLine().getOut().println("Stopped the simulator on port " + client.port() + ".");
        return 0;
      }
    }
    throw new Failure(
        "the simulator on port " + client.port() + " was asked to stop and still answers");
  }
}
