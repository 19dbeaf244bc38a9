// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans faults in a running simulator. */
@Command(
    name = "fault",
    description = {
      "Plan a fault in the running simulator: 'fault PLACE KIND [NAME=VALUE...]'.",
      "Without arguments it shows the places, their kinds of faults, and the planned faults."
    },
    footer = {
      "%nKinds and their members:",
      "  delay delay=2s         drop                   duplicate [copies=2]",
      "  corrupt replacement=X  disconnect             close [code=1011] [reason=X]",
      "  silence                refuse status=N errorType=X [message=X]",
      "  expired-key            throttle",
      "All take when.DETAIL=VALUE (a * at the end matches any text), probability=0.1, and",
      "times=N or times=always; the default is once.",
      "%nExample: syncline fault appsync.activation delay delay=2s times=always"
    })
final class FaultCommand extends ClientCommand {
  private static final String WHEN = "when.";

  @Option(names = "--clear", description = "Remove every planned fault.")
  private boolean clear;

  @Option(names = "--json", description = "Print the simulator's answer as JSON.")
  private boolean json;

  @Parameters(
      arity = "0..*",
      paramLabel = "PLACE KIND [NAME=VALUE]",
      description = "The place, the kind, and its members.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() {
    if (clear && !words.isEmpty()) {
      throw refused("--clear takes nothing else");
    }
    if (words.size() == 1) {
      throw refused("name a place and a kind, such as 'appsync.delivery drop'");
    }
    ObjectNode rule = rule();
    AdminClient client = connect();
    JsonNode plan =
        clear ? client.clearFaults() : words.isEmpty() ? client.faults() : client.addFault(rule);
    PrintWriter out = out();
    if (json) {
      out.println(plan);
    } else {
      show(out, plan);
    }
    return 0;
  }

  private ObjectNode rule() {
    ObjectNode rule = CliJson.object();
    if (words.isEmpty()) {
      return rule;
    }
    rule.put("place", words.get(0)).put("fault", words.get(1));
    for (String word : words.subList(2, words.size())) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw refused("must be NAME=VALUE, got '" + word + "'");
      }
      String name = word.substring(0, equals);
      String value = word.substring(equals + 1);
      if (name.startsWith(WHEN)) {
        rule.withObject("/when").put(name.substring(WHEN.length()), value);
      } else {
        rule.put(name, value);
      }
    }
    return rule;
  }

  private void show(PrintWriter out, JsonNode plan) {
    if (words.isEmpty() && !clear) {
      for (JsonNode place : plan.path("places")) {
        out.println(place.path("place").asText() + ": " + place.path("what").asText());
        out.println("  takes " + joined(place.path("takes")));
        out.println("  when  " + joined(place.path("when")));
      }
      out.println();
    }
    out.println(plan.path("rules").isEmpty() ? "Nothing is planned." : "Planned:");
    for (JsonNode rule : plan.path("rules")) {
      out.println("  " + rule);
    }
  }

  private static String joined(JsonNode texts) {
    var all = new ArrayList<String>();
    texts.forEach(text -> all.add(text.asText()));
    return String.join(", ", all);
  }
}
