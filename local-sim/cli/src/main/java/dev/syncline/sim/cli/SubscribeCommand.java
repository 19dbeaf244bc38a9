// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Subscribes to a channel over a WebSocket and prints what arrives. */
@Command(
    name = "subscribe",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Print the events of an AppSync Events channel, one line each, until Ctrl-C.")
final class SubscribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConnectOptions connectOptions = new ConnectOptions();
  @Mixin private EventsTarget target = new EventsTarget();

  @Parameters(
      index = "0",
      paramLabel = "CHANNEL",
      description = "Such as /AsyncEvents/a/b, or /AsyncEvents/* for all below.")
  private String channel = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after this number of events. Default: no limit.")
  private int count;

  @Override
  public Integer call() {
    if (count < 0) {
      throw new ParameterException(
          spec.commandLine(), "--count must be at least 1, got '" + count + "'");
    }
    AdminClient client = connectOptions.connect();
    DeployedApis.EventsApi api = target.choose(DeployedApis.fromJson(client.status()));
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    var stop = new StopSignal();
    stop.listen();
    var printer =
        new EventPrinter(out, count, () -> err.println("Subscribed to " + channel + "."), stop);
    try (EventsSocket socket = EventsSocket.open(client, api, channel, printer)) {
      stop.await();
      socket.requireHealthy();
    }
    return 0;
  }
}
