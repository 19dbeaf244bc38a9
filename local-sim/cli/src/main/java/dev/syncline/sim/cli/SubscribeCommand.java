// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Subscribes to a channel over a WebSocket and prints what arrives. */
@Command(
    name = "subscribe",
    description = "Print the events of an AppSync Events channel, one line each, until Ctrl-C.")
final class SubscribeCommand extends ClientCommand {
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
      throw refused("--count must be at least 1, got '" + count + "'");
    }
    AdminClient client = connect();
    DeployedApis.EventsApi api = target.choose(DeployedApis.fromJson(client.status()));
    PrintWriter out = out();
    PrintWriter err = err();
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
