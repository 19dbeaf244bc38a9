// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.MatchBudget;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path in Jayway's JSONPath with AWS's differences. The steps of indefinite paths and of their
 * regular expressions are counted and limited. Thread-safe.
 *
 * @param path null for <code>$</code>
 * @param plain the same path if it is a plain one, which reads a value without Jayway
 * @param patterns the regular expressions in its filters
 */
record JaywayPath(@Nullable JsonPath path, @Nullable PlainPath plain, List<Pattern> patterns) {
  /** The step limit of one read: values visited, and characters that regular expressions read. */
  static final int MAX_STEPS = 10_000_000;

  private static final Pattern REGEX = Pattern.compile("=~\\s*/((?:\\\\.|[^/\\\\])*+)/");
  private static final JaywayPath ROOT = new JaywayPath(null, null, List.of());
  private static final Configuration DEFINITE = configuration(new Provider());

  private static Configuration configuration(Provider provider) {
    return Configuration.builder()
        .jsonProvider(provider)
        .mappingProvider(new JacksonMappingProvider())
        .build();
  }

  private static final Map<Class<?>, String> PLAIN =
      Map.of(
          TextNode.class, "java.lang.String",
          IntNode.class, "java.lang.Integer",
          LongNode.class, "java.lang.Long",
          DoubleNode.class, "java.lang.Double",
          BooleanNode.class, "java.lang.Boolean",
          ArrayNode.class, "java.util.ArrayList",
          NullNode.class, "null");

  /**
   * An index out of bounds finds nothing, as with Jayway's other providers; this one gives null.
   */
  private static class Provider extends JacksonJsonNodeJsonProvider {
    @Override
    public Object getArrayIndex(Object array, int index) {
      if (index < 0 || index >= length(array)) {
        throw new IndexOutOfBoundsException(index);
      }
      return super.getArrayIndex(array, index);
    }
  }

  /** No exception, since Jayway suppresses those. */
  private static final class TooManySteps extends Error {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super(null, null, false, false);
    }
  }

  private static final class CountingProvider extends Provider {
    private final MatchBudget steps;

    CountingProvider(MatchBudget steps) {
      this.steps = steps;
    }

    @Override
    public boolean isArray(Object value) {
      steps.take(1);
      return super.isArray(value);
    }

    @Override
    public boolean isMap(Object value) {
      steps.take(1);
      return super.isMap(value);
    }

    @Override
    public Object getArrayIndex(Object array, int index) {
      steps.take(1);
      return super.getArrayIndex(array, index);
    }

    @Override
    public Object getMapValue(Object map, String key) {
      steps.take(1);
      return super.getMapValue(map, key);
    }
  }

  static JaywayPath compile(String text) throws QuerySyntaxException {
    if (text.equals("$")) {
      return ROOT;
    }
    try {
      JsonPath compiled = JsonPath.compile(text);
      List<Pattern> patterns =
          REGEX
              .matcher(text)
              .results()
              .map(found -> BoundedPattern.compile(found.group(1), 0))
              .toList();
      return new JaywayPath(compiled, PlainPath.of(text), patterns);
    } catch (RuntimeException | StackOverflowError e) {
      // The library's own exception, or any exception of its parser.
      throw new QuerySyntaxException("Value is not a valid JSONPath");
    }
  }

  JsonNode read(JsonNode root) throws PathFailure {
    if (path == null) {
      return root;
    }
    JsonNode found = plain == null ? null : plain.find(root);
    if (found != null) {
      return found;
    }
    try {
      return path.isDefinite() ? read(path, root, DEFINITE) : readCounting(path, root);
    } catch (TooManySteps | StackOverflowError e) {
      throw new PathFailure("The path takes too many steps");
    }
  }

  private JsonNode readCounting(JsonPath indefinite, JsonNode root) throws PathFailure {
    var steps =
        new MatchBudget(
            MAX_STEPS,
            () -> {
              throw new TooManySteps();
            });
    // The library matches without counting steps, so the patterns are tried here first.
    for (Pattern pattern : patterns) {
      rehearse(pattern, root, steps);
    }
    // AWS answers [] where a wildcard, slice or filter has no parent to look into; Jayway throws.
    return read(
        indefinite,
        root,
        configuration(new CountingProvider(steps)).addOptions(Option.SUPPRESS_EXCEPTIONS));
  }

  private static void rehearse(Pattern pattern, JsonNode value, MatchBudget steps) {
    if (value.isTextual()) {
      pattern.matcher(steps.text(value.textValue())).matches();
    } else {
      value.forEach(inner -> rehearse(pattern, inner, steps));
    }
  }

  private static JsonNode read(JsonPath path, JsonNode root, Configuration configuration)
      throws PathFailure {
    try {
      Object found = path.read((Object) root, configuration);
      if (found instanceof JsonNode json) {
        return json;
      }
      // Functions such as length() give plain Java values.
      return AslJson.toJson(found);
    } catch (RuntimeException e) {
      // The library's own exception, or any exception of its functions.
      String message = e.getMessage();
      throw new PathFailure(message == null ? e.toString() : plainNames(message));
    }
  }

  /** Jayway names classes in its messages; those of plain Java values are what AWS would show. */
  private static String plainNames(String message) {
    if (!message.contains("JsonProvider")) {
      return message;
    }
    String plain = message.replace(Provider.class.getName(), JacksonJsonProvider.class.getName());
    for (Map.Entry<Class<?>, String> name : PLAIN.entrySet()) {
      plain = plain.replace(name.getKey().getName(), name.getValue());
    }
    return plain;
  }
}
