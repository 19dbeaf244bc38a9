// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds the lines of properties in the text of a template, for reports. Stateless. */
public final class TemplateLines {
  private TemplateLines() {}

  /**
   * The line of a property, counted from 1; of its nearest parent if the template writes the
   * property by a function, and 0 if the text cannot be read as YAML.
   *
   * @param path below the resource's properties, such as {@code Tags/0/Colour}
   * @param subject a value in the property; its line is taken where the template has it
   */
  public static int of(String text, String logicalId, String path, String subject) {
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().build()).composeString(text);
    } catch (YamlEngineException notYaml) {
      // JSON with tab characters, for example: the report goes without a line.
      return 0;
    }
    var walk = new Walk();
    @Nullable Node at = root.orElse(null);
    for (String step : ("Resources/" + logicalId + "/Properties/" + path).split("/", -1)) {
      at = at == null ? null : walk.into(at, step);
    }
    if (at != null && !subject.isEmpty()) {
      String last = subject.substring(subject.lastIndexOf('/') + 1);
      int line = lineOf(at, last);
      return line == 0 ? walk.line : line;
    }
    return walk.line;
  }

  private static final class Walk {
    private int line;

    /** The child of that name or index; null without one. */
    private @Nullable Node into(Node node, String step) {
      switch (node) {
        case MappingNode mapping -> {
          for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
              line = start(key);
              return entry.getValueNode();
            }
          }
        }
        case SequenceNode sequence -> {
          List<Node> items = sequence.getValue();
          int index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : items.size();
          if (index < items.size()) {
            line = start(items.get(index));
            return items.get(index);
          }
        }
        default -> {
          // A scalar has no children.
        }
      }
      return null;
    }
  }

  private static int lineOf(Node node, String part) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().contains(part) ? start(node) : 0;
    }
    List<Node> children =
        switch (node) {
          case SequenceNode sequence -> sequence.getValue();
          case MappingNode mapping ->
              mapping.getValue().stream().map(NodeTuple::getValueNode).toList();
          default -> List.of();
        };
    return children.stream()
        .mapToInt(child -> lineOf(child, part))
        .filter(line -> line > 0)
        .findFirst()
        .orElse(0);
  }

  private static int start(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
