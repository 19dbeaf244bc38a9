// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Parses template text to a JSON value. YAML's short tags become the long form ({@code !Ref x} is
 * {@code {"Ref": "x"}}); a text that looks like a date stays text.
 */
final class TemplateText {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Set<String> FUNCTION_TAGS =
      Set.of(
          "!And",
          "!Base64",
          "!Equals",
          "!FindInMap",
          "!GetAtt",
          "!If",
          "!ImportValue",
          "!Join",
          "!Not",
          "!Or",
          "!Select",
          "!Split",
          "!Sub");
  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(0|[1-9][0-9]*)\\.[0-9]+([eE][-+]?[0-9]+)?");

  // Aliases may expand a small text to a huge or cyclic value.
  private static final int MAX_NODES = 100_000;
  private static final int MAX_DEPTH = 100;

  private int nodes;

  private TemplateText() {}

  static ObjectNode read(String text) {
    JsonNode value = text.stripLeading().startsWith("{") ? json(text) : yaml(text);
    if (!(value instanceof ObjectNode object)) {
      throw new TemplateException("Template format error: the template must be an object.");
    }
    refuseNulls(object, "");
    return object;
  }

  /** A document that is no template: nulls stay. */
  static JsonNode document(String text) {
    return yaml(text);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      var where = malformed.getLocation();
      throw new TemplateException(
          "Template format error: JSON not well-formed. (line "
              + (where == null ? 0 : where.getLineNr())
              + ", column "
              + (where == null ? 0 : where.getColumnNr())
              + "): "
              + malformed.getOriginalMessage());
    }
  }

  private static JsonNode yaml(String text) {
    LoadSettings settings = LoadSettings.builder().setLabel("template").build();
    try {
      // Composing recurses for each level, parsing does not.
      requireDepth(new Parse(settings).parseString(text));
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        throw new TemplateException("Template format error: the template is empty.");
      }
      return new TemplateText().convert(root.get(), 0);
    } catch (YamlEngineException malformed) {
      throw new TemplateException(
          "Template format error: YAML not well-formed. " + malformed.getMessage());
    }
  }

  private static void requireDepth(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAX_DEPTH + 1) {
        throw tooDeep(
            event.getStartMark().map(mark -> " (line " + (mark.getLine() + 1) + ").").orElse("."));
      }
    }
  }

  private static TemplateException tooDeep(String where) {
    return new TemplateException(
        "Template format error: the template is nested too deeply or expands to too much" + where);
  }

  private JsonNode convert(Node node, int depth) {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw tooDeep(at(node));
    }
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      return function(tag, node, depth);
    }
    return untagged(node, depth, false);
  }

  private JsonNode function(String tag, Node node, int depth) {
    JsonNode value = untagged(node, depth, true);
    ObjectNode call = NODES.objectNode();
    if (tag.equals("!Ref") || tag.equals("!Condition")) {
      return call.set(tag.substring(1), value);
    }
    if (!FUNCTION_TAGS.contains(tag)) {
      throw new TemplateException(
          "Template format error: the tag "
              + tag
              + " is not supported by the simulator"
              + at(node));
    }
    return call.set("Fn::" + tag.substring(1), value);
  }

  private JsonNode untagged(Node node, int depth, boolean tagged) {
    return switch (node) {
      case MappingNode mapping -> {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
          if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            throw new TemplateException(
                "Template format error: a key must be text" + at(entry.getKeyNode()));
          }
          if (object.has(key.getValue())) {
            throw new TemplateException(
                "Template format error: the key '" + key.getValue() + "' is there twice" + at(key));
          }
          object.set(key.getValue(), convert(entry.getValueNode(), depth + 1));
        }
        yield object;
      }
      case SequenceNode sequence -> {
        ArrayNode array = NODES.arrayNode();
        sequence.getValue().forEach(item -> array.add(convert(item, depth + 1)));
        yield array;
      }
      case ScalarNode scalar ->
          tagged || scalar.getScalarStyle() != ScalarStyle.PLAIN
              ? NODES.textNode(scalar.getValue())
              : plain(scalar);
      default ->
          throw new TemplateException("Template format error: unexpected YAML node" + at(node));
    };
  }

  private static JsonNode plain(ScalarNode scalar) {
    String text = scalar.getValue();
    return switch (text) {
      case "true", "True", "TRUE" -> NODES.booleanNode(true);
      case "false", "False", "FALSE" -> NODES.booleanNode(false);
      case "", "~", "null", "Null", "NULL" -> NODES.nullNode();
      default -> {
        if (INTEGER.matcher(text).matches()) {
          yield integer(new BigInteger(text));
        }
        if (DECIMAL.matcher(text).matches()) {
          yield NODES.numberNode(Double.parseDouble(text));
        }
        yield NODES.textNode(text);
      }
    };
  }

  // The same node types that a JSON template would give, so that the two compare equal.
  private static JsonNode integer(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  private static void refuseNulls(JsonNode value, String path) {
    if (value.isNull()) {
      throw new TemplateException("[" + path + "] 'null' values are not allowed in templates");
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        refuseNulls(value.get(i), path + "/" + i);
      }
    }
    value.properties().forEach(entry -> refuseNulls(entry.getValue(), path + "/" + entry.getKey()));
  }

  private static String at(Node node) {
    return node.getStartMark()
        .map(mark -> " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")")
        .orElse("");
  }
}
