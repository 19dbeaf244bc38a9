// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the status of a running simulator. */
@Command(
    name = "status",
    description = "Show the simulator's settings, the deployed APIs and their URLs.")
final class StatusCommand extends ClientCommand {

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode status = connect().status();
    PrintWriter out = out();
    if (json) {
      out.println(status);
      return 0;
    }
    line(out, "endpoint", status.path("endpoint").asText());
    if (status.path("tlsPort").asInt() > 0) {
      line(out, "TLS port, CA", status.path("tlsPort").asText() + ", " + text(status, "caFile"));
    }
    line(out, "process", text(status, "pid") + ", version " + text(status, "version"));
    line(out, "up for", inWords(Duration.ofMillis(status.path("upMillis").asLong())));
    line(out, "virtual time", text(status, "virtualTime") + ", " + text(status, "clock"));
    line(out, "functions run", text(status, "executor"));
    for (JsonNode stack : status.path("stacks")) {
      line(out, "stack", text(stack, "name") + " " + text(stack, "status"));
    }
    for (Map.Entry<String, JsonNode> notices : status.path("functionNotices").properties()) {
      notices
          .getValue()
          .forEach(text -> line(out, "function", notices.getKey() + ": " + text.asText()));
    }
    DeployedApis surface = DeployedApis.fromJson(status);
    for (DeployedApis.HttpApi api : surface.httpApis()) {
      for (DeployedApis.Route route : api.routes()) {
        line(out, "HTTP API", route.method() + " " + api.url() + route.path());
      }
    }
    for (DeployedApis.EventsApi api : surface.eventsApis()) {
      line(out, "AppSync Events", api.name() + ": " + api.httpHost());
    }
    return 0;
  }

  /** A duration in its two largest units, such as {@code 3 min 39 s}. */
  static String inWords(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() + " s";
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asText();
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-16s %s%n", name, value);
  }
}
