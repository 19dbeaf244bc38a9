// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Waits until a simulator is ready, for scripts. */
@Command(
    name = "wait",
    description = {
      "Wait until the simulator listens and its template is deployed.",
      "Exit status 1 when the deployment failed or the time is over."
    })
final class WaitCommand extends ClientCommand {
  private static final int LOOKS_A_SECOND = 50;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait, in seconds. Default: ${DEFAULT-VALUE}.")
  private int timeout = 60;

  @Override
  public Integer call() {
    if (timeout < 0 || timeout > 86_400) {
      throw refused("--timeout must be 0 to 86400 seconds, got '" + timeout + "'");
    }
    var stop = new StopSignal();
    stop.listen();
    Home home = Home.ofUser();
    String seen = "no simulator answers; start one with 'syncline up', or give --port";
    for (long look = 0; look <= (long) timeout * LOOKS_A_SECOND; look++) {
      List<Home.Running> running = home.running();
      Optional<JsonNode> health = new AdminClient(port(running)).health();
      if (health.isPresent()) {
        switch (health.get().path("status").asText()) {
          case "ready" -> {
            out().println("Ready on port " + health.get().path("port").asInt() + ".");
            return 0;
          }
          case "failed" -> throw new Failure(health.get().path("reason").asText());
          default -> seen = "the template is still being deployed";
        }
      }
      if (stop.await(StopSignal.POLL)) {
        throw new Failure("stopped while waiting");
      }
    }
    throw new Failure("not ready after " + timeout + " s (--timeout): " + seen);
  }
}
