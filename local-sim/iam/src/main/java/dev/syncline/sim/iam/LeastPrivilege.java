// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the smallest policy that suffices for what a role used. Actions with the same resources
 * share a statement; statements, actions and resources are sorted, so that the same uses give the
 * same text.
 *
 * <p>The last part of a resource's name becomes a wildcard where another run gives another name:
 * log streams, objects of a bucket's folder, executions, the suffixes of secrets, streams of
 * tables, stacks, connections. {@code iam:PassRole} is limited to the service that got the role.
 */
public final class LeastPrivilege {
  private static final String PASSED_TO = "iam:passedtoservice";

  /**
   * A permission that was used.
   *
   * @param action such as {@code sqs:SendMessage}
   * @param resource an ARN or {@code *}
   * @param keys the condition keys of the request
   */
  public record Use(String action, String resource, Map<String, List<String>> keys) {
    /** Copies the keys. */
    public Use {
      keys = Map.copyOf(keys);
    }
  }

  private LeastPrivilege() {}

  /** The policy as indented JSON; empty when nothing was used. */
  public static Optional<String> policy(Collection<Use> uses) {
    Map<String, SortedSet<String>> resources = new TreeMap<>();
    Map<String, SortedSet<String>> passed = new TreeMap<>();
    for (Use use : uses) {
      String action =
          AuthorizationData.action(use.action()).map(a -> a.name()).orElse(use.action());
      Optional<String> service = passedTo(action, use);
      if (service.isPresent()) {
        add(passed, use.resource(), service.get());
      } else {
        boolean everything = AuthorizationData.withoutResources(action.toLowerCase(Locale.ROOT));
        add(resources, action, everything ? "*" : StableResources.pattern(use.resource()));
      }
    }
    if (resources.isEmpty() && passed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(document(resources, passed).toPrettyString());
  }

  private static void add(Map<String, SortedSet<String>> to, String key, String value) {
    to.computeIfAbsent(key, unused -> new TreeSet<>()).add(value);
  }

  private static Optional<String> passedTo(String action, Use use) {
    return action.equals("iam:PassRole")
        ? use.keys().entrySet().stream()
            .filter(key -> key.getKey().equalsIgnoreCase(PASSED_TO))
            .flatMap(key -> key.getValue().stream())
            .findFirst()
        : Optional.empty();
  }

  private static ObjectNode document(
      Map<String, SortedSet<String>> resources, Map<String, SortedSet<String>> passed) {
    // By first action, because every action is in one statement.
    Map<String, ObjectNode> statements = new TreeMap<>();
    grouped(resources)
        .forEach((on, actions) -> statements.put(actions.first(), statement(actions, on)));
    grouped(passed)
        .forEach(
            (services, roles) -> {
              ObjectNode statement = statement(new TreeSet<>(List.of("iam:PassRole")), roles);
              statement
                  .putObject("Condition")
                  .putObject("StringEquals")
                  .set("iam:PassedToService", texts(services));
              statements.put("iam:PassRole " + services, statement);
            });
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
    statements.values().forEach(document.putArray("Statement")::add);
    return document;
  }

  /** The keys that have the same values, by these values. */
  private static Map<SortedSet<String>, SortedSet<String>> grouped(
      Map<String, SortedSet<String>> values) {
    Map<SortedSet<String>, SortedSet<String>> keys =
        new TreeMap<>((first, second) -> first.toString().compareTo(second.toString()));
    values.forEach((key, set) -> keys.computeIfAbsent(set, unused -> new TreeSet<>()).add(key));
    return keys;
  }

  private static ObjectNode statement(SortedSet<String> actions, SortedSet<String> resources) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode().put("Effect", "Allow");
    statement.set("Action", texts(actions));
    statement.set("Resource", texts(resources));
    return statement;
  }

  private static JsonNode texts(SortedSet<String> texts) {
    if (texts.size() == 1) {
      return JsonNodeFactory.instance.textNode(texts.first());
    }
    var array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
