// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import java.util.stream.Collectors;

/** The README's tables of what is supported, made from the code's own registries. */
public final class CoverageTable {
  private CoverageTable() {}

  /** The tables in Markdown, ending with a line break. */
  public static String markdown(Dispatcher dispatcher) {
    var text = new StringBuilder("| Service | Operations |\n|---|---|\n");
    for (AwsService service : dispatcher.services()) {
      row(
          text,
          service.title(),
          service.operations().stream()
              .map(Operation::name)
              .sorted()
              .collect(Collectors.joining(", ")));
    }
    row(
        text,
        "CloudFormation's resource types",
        dispatcher.services().stream()
            .filter(ResourceProvider.class::isInstance)
            .flatMap(service -> ((ResourceProvider) service).resourceTypes().stream())
            .map(ResourceType::name)
            .sorted()
            .collect(Collectors.joining(", ")));
    return text.toString();
  }

  private static void row(StringBuilder text, String title, String content) {
    text.append("| ").append(title).append(" | ").append(content).append(" |\n");
  }
}
