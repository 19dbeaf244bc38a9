// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.Dispatcher;
import dev.syncline.sim.aws.service.Operation;
import java.util.stream.Collectors;

/** The README's table of what is supported, made from the registry of operations. */
public final class CoverageTable {
  private CoverageTable() {}

  /** The table in Markdown, a row a service, ending with a line break. */
  public static String markdown(Dispatcher dispatcher) {
    var table = new StringBuilder("| Service | Operations |\n|---|---|\n");
    for (AwsService service : dispatcher.services()) {
      table
          .append("| ")
          .append(service.title())
          .append(" | ")
          .append(
              service.operations().stream()
                  .map(Operation::name)
                  .sorted()
                  .collect(Collectors.joining(", ")))
          .append(" |\n");
    }
    return table.toString();
  }
}
