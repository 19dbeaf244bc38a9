// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which permissions were used. */
@Command(
    name = "permissions",
    description = {
      "Show what each role and user used, what would have been refused, and the smallest policy",
      "that allows it. The simulator must run with --iam record."
    },
    footer = "%nExample: syncline permissions --policy my-function-role")
final class PermissionsCommand extends ClientCommand {
  @Option(names = "--json", description = "Print the whole report as JSON.")
  private boolean json;

  @Option(names = "--policy", description = "Print the smallest policies only.")
  private boolean policy;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A part of the name of a role or user. Default: all.")
  private String name = "";

  @Override
  public Integer call() {
    JsonNode report = connect().permissions();
    PrintWriter out = out();
    if (json) {
      out.println(report);
      return 0;
    }
    String mode = report.path("mode").asText();
    if (!mode.equals("record")) {
      throw new Failure(
          "the simulator runs with --iam " + mode + "; start it with --iam record for a report");
    }
    boolean found = false;
    for (JsonNode principal : report.path("principals")) {
      if (principal.path("principal").asText().contains(name)) {
        show(out, principal);
        found = true;
      }
    }
    if (!found) {
      out.println("No permission was asked for" + (name.isEmpty() ? "." : " by " + name + "."));
    }
    if (report.path("dropped").asLong() > 0) {
      out.println("The report is full; further permissions: " + report.path("dropped").asLong());
    }
    return 0;
  }

  private void show(PrintWriter out, JsonNode principal) {
    JsonNode smallest = principal.path("smallestPolicy");
    if (policy) {
      if (!smallest.isMissingNode()) {
        out.println(smallest.toPrettyString());
      }
      return;
    }
    out.println(principal.path("principal").asText());
    for (JsonNode use : principal.path("uses")) {
      boolean allowed = use.path("allowed").asBoolean();
      out.println(
          (allowed ? "  allowed  " : "  REFUSED  ")
              + use.path("action").asText()
              + " on "
              + use.path("resource").asText()
              + " ("
              + use.path("count").asLong()
              + " times; "
              + use.path("reason").asText()
              + ")");
    }
    if (!smallest.isMissingNode()) {
      out.println("  smallest policy:");
      smallest.toPrettyString().lines().forEach(line -> out.println("    " + line));
    }
    out.println();
  }
}
