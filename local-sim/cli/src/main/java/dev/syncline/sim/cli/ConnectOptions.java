// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that selects a running simulator. */
final class ConnectOptions {
  /** The default port of a simulator. */
  static final int DEFAULT_PORT = 4566;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "The port of the running simulator. Default: that of the running simulator, else 4566.")
  private @Nullable Integer port;

  /** A client of the selected simulator. */
  AdminClient connect() {
    return new AdminClient(port(Home.ofUser().running()));
  }

  /** The selected port, given the running simulators. */
  int port(List<Home.Running> running) {
    if (port != null) {
      if (port < 1 || port > 65_535) {
        throw new ParameterException(
            command.commandLine(), "--port must be 1 to 65535, got '" + port + "'");
      }
      return port;
    }
    if (running.size() > 1) {
      throw new ParameterException(
          command.commandLine(),
          "several simulators run; choose with --port: "
              + running.stream()
                  .map(one -> String.valueOf(one.port()))
                  .collect(Collectors.joining(", ")));
    }
    return running.isEmpty() ? DEFAULT_PORT : running.getFirst().port();
  }
}
