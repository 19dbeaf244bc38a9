// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the logs of functions and services, read with CloudWatch Logs' API. */
@Command(name = "logs", description = "Show log events of every log group, or of one.")
final class LogsCommand extends ClientCommand {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  @Parameters(
      arity = "0..1",
      paramLabel = "GROUP",
      description = "The log group, for example /aws/lambda/syncline-bridge.")
  private @Nullable String group;

  @Option(
      names = {"-f", "--follow"},
      description = "Show new events too, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--raw",
      description =
          "Print messages as they are. Without it control characters show as \\u001b and further"
              + " lines of a message are indented.")
  private boolean raw;

  @Override
  public Integer call() {
    AdminClient client = connect();
    PrintWriter out = out();
    if (raw) {
      out = VisibleWriter.raw(out);
    }
    var stop = new StopSignal();
    if (follow) {
      stop.listen();
    }
    var shown = new HashSet<String>();
    do {
      for (String name : groups(client)) {
        show(client, name, shown, out);
      }
      out.flush();
    } while (follow && !stop.await(BETWEEN_LOOKS));
    return 0;
  }

  private List<String> groups(AdminClient client) {
    var names = new ArrayList<String>();
    var others = new ArrayList<String>();
    JsonNode answer = client.awsJson("logs", "Logs_20140328.DescribeLogGroups", CliJson.object());
    answer
        .path("logGroups")
        .forEach(
            one -> {
              String name = one.path("logGroupName").asText();
              if (group == null || group.equals(name)) {
                names.add(name);
              } else {
                others.add(name);
              }
            });
    if (group != null && names.isEmpty()) {
      throw new Failure("there is no log group " + group + SimilarNames.hint(group, others));
    }
    return names;
  }

  private void show(AdminClient client, String name, Set<String> shown, PrintWriter out) {
    ObjectNode input = CliJson.object().put("logGroupName", name);
    while (true) {
      JsonNode answer = client.awsJson("logs", "Logs_20140328.FilterLogEvents", input);
      for (JsonNode event : answer.path("events")) {
        if (shown.add(name + " " + event.path("eventId").asText())) {
          String prefix = group == null ? name + " " : "";
          out.println(
              Instant.ofEpochMilli(event.path("timestamp").asLong())
                  + " "
                  + prefix
                  + message(event.path("message").asText().stripTrailing()));
        }
      }
      if (!answer.hasNonNull("nextToken")) {
        return;
      }
      input.put("nextToken", answer.path("nextToken").asText());
    }
  }

  /** Lines inside a message cannot look like events. */
  private String message(String text) {
    return raw ? text : text.replace("\r\n", "\n").replace("\n", "\n    ");
  }
}
