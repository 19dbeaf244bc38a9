// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that asks a running simulator. */
abstract class ClientCommand extends Subcommand {
  @Mixin private ConnectOptions connectOptions = new ConnectOptions();

  /** A client of the simulator that is meant. */
  final AdminClient connect() {
    return connectOptions.connect();
  }

  /** The port that is meant, given what runs. */
  final int port(List<Home.Running> running) {
    return connectOptions.port(running);
  }
}
