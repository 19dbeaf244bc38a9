// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.time.Duration;
import picocli.CommandLine.Command;

/** Stops a running simulator and waits until it has ended. */
@Command(name = "down", description = "Stop the running simulator.")
final class DownCommand extends ClientCommand {
  private static final int LOOKS = 150;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  @Override
  public Integer call() {
    AdminClient client = connect();
    client.shutdown();
    var never = new StopSignal();
    for (int look = 0; look < LOOKS; look++) {
      never.await(BETWEEN_LOOKS);
      if (!client.isThere()) {
        out().println("Stopped the simulator on port " + client.port() + ".");
        return 0;
      }
    }
    throw new Failure(
        "the simulator on port " + client.port() + " was asked to stop and still answers");
  }
}
