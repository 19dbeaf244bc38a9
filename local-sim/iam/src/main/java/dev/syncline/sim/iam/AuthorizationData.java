// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What AWS's service authorization reference says about the actions and condition keys of the
 * simulated services, as {@code tools/models/iam_authorization_data.py} wrote it. The file is read
 * at first use. Thread-safe.
 */
public final class AuthorizationData {
  private static final String FILE = "authorization-data.tsv";

  /**
   * An action.
   *
   * @param name with its service, such as {@code sqs:SendMessage}
   * @param resources the ARNs of its types of resource, with placeholders such as {@code
   *     ${QueueName}}; empty for an action that statements can only allow for {@code *}
   */
  public record Action(String name, List<String> resources) {
    /** Copies the list. */
    public Action {
      resources = List.copyOf(resources);
    }
  }

  private record Content(
      Map<String, Action> actions, Set<String> withoutResources, Set<String> multivalued) {}

  private static final class Loaded {
    static final Content CONTENT = read();
  }

  private AuthorizationData() {}

  /** The action with this name in any case; empty when the reference does not have it. */
  public static Optional<Action> action(String name) {
    return Optional.ofNullable(Loaded.CONTENT.actions.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether a request may have several values of the key. */
  public static boolean multivalued(String key) {
    return Loaded.CONTENT.multivalued.contains(key.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether only statements for every resource match the action.
   *
   * @param action in lower case
   */
  static boolean withoutResources(String action) {
    return Loaded.CONTENT.withoutResources.contains(action);
  }

  private static Content read() {
    try (InputStream file = AuthorizationData.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
        return content(reader.lines().map(line -> line.split("\t", -1)).toList());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Content content(List<String[]> rows) {
    Map<String, String> types = new HashMap<>();
    Map<String, Action> actions = new HashMap<>();
    Set<String> withoutResources = new HashSet<>();
    Set<String> multivalued = new HashSet<>();
    for (String[] row : rows) {
      String name = row.length > 1 ? row[1].toLowerCase(Locale.ROOT) : "";
      switch (row[0]) {
        case "type" -> types.put(row[1], row[2]);
        case "key" -> multivalued.add(name);
        case "action" -> {
          Action action = new Action(row[1], resources(row, types));
          actions.put(name, action);
          if (action.resources().isEmpty()) {
            withoutResources.add(name);
          }
        }
        default -> {
          // A comment.
        }
      }
    }
    return new Content(Map.copyOf(actions), Set.copyOf(withoutResources), Set.copyOf(multivalued));
  }

  private static List<String> resources(String[] row, Map<String, String> types) {
    String service = row[1].substring(0, row[1].indexOf(':') + 1);
    return Stream.of(row[2].split(",", -1))
        .filter(type -> !type.isEmpty())
        .map(type -> types.getOrDefault(service + type, type))
        .toList();
  }
}
