// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.models.ServiceModel;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The tables of supported operations, in Markdown: generated from the operations and resource types
 * of the running services, against AWS's published models.
 */
public final class CoverageTable {
  private static final String ROW_END = " |\n";

  private CoverageTable() {}

  /** One line a service, for the README. */
  public static String summary(Dispatcher dispatcher) {
    var text =
        new StringBuilder(
            "| Service | Operations | CloudFormation resource types |\n|---|---|---|\n");
    for (AwsService service : byTitle(dispatcher)) {
      text.append("| [")
          .append(service.title())
          .append("](docs/coverage.md#")
          .append(anchor(service))
          .append(") | ")
          .append(service.operations().size())
          .append(" of ")
          .append(model(service).operations().size())
          .append(" | ")
          .append(types(service).isEmpty() ? "–" : String.valueOf(types(service).size()))
          .append(ROW_END);
    }
    return text.toString();
  }

  /**
   * One line an operation.
   *
   * @param link the source file of an operation, as a Markdown link; empty for none
   */
  public static String page(Dispatcher dispatcher, BiFunction<AwsService, String, String> link) {
    var text = new StringBuilder();
    for (AwsService service : byTitle(dispatcher)) {
      Set<String> supported =
          service.operations().stream()
              .map(Operation::name)
              .collect(Collectors.toCollection(TreeSet::new));
      var all = new TreeSet<>(supported);
      all.addAll(model(service).operations().keySet());
      text.append("## ")
          .append(service.title())
          .append("\n\n")
          .append(supported.size())
          .append(" of ")
          .append(all.size())
          .append(
              " operations.\n\n"
                  + "| Operation | Supported | Permission | Source |\n"
                  + "|---|---|---|---|\n");
      for (String operation : all) {
        boolean has = supported.contains(operation);
        text.append("| ")
            .append(operation)
            .append(has ? " | ✅ | " : " | ❌ | ")
            .append(has ? permission(service, operation) : "")
            .append(" | ")
            .append(has ? link.apply(service, operation) : "")
            .append(ROW_END);
      }
      if (!types(service).isEmpty()) {
        text.append("\nCloudFormation resource types: ")
            .append(String.join(", ", types(service)))
            .append(".\n");
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** The actions that a call may need. */
  private static String permission(AwsService service, String operation) {
    Set<String> actions =
        service.access().map(access -> access.table().actions(operation)).orElse(Set.of());
    if (actions.isEmpty()) {
      return service.needsSignature(operation) ? "none" : "none, public";
    }
    return actions.stream().map(action -> "`" + action + "`").collect(Collectors.joining(", "));
  }

  private static List<AwsService> byTitle(Dispatcher dispatcher) {
    return dispatcher.services().stream().sorted(Comparator.comparing(AwsService::title)).toList();
  }

  private static ServiceModel model(AwsService service) {
    return ServiceModel.of(service.id());
  }

  private static List<String> types(AwsService service) {
    return service instanceof ResourceProvider provider
        ? provider.resourceTypes().stream().map(ResourceType::name).sorted().toList()
        : List.of();
  }

  /** GitHub's anchor of the service's heading. */
  private static String anchor(AwsService service) {
    return service.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }
}
