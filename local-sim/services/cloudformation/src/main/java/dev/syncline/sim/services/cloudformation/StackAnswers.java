// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.cloudformation.template.ParameterDefinition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts of answers. */
final class StackAnswers {
  private StackAnswers() {}

  /** The query protocol's form of a time. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  static void putIfPresent(ObjectNode json, String member, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      json.put(member, value);
    }
  }

  static ArrayNode texts(Iterable<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  static ArrayNode tags(Map<String, String> tags) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    tags.forEach((key, value) -> array.addObject().put("Key", key).put("Value", value));
    return array;
  }

  /** The parameters of a plan; those with {@code NoEcho} show asterisks. */
  static ArrayNode parameters(Plan plan) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    plan.parameters()
        .forEach(
            (key, value) -> {
              ParameterDefinition definition = plan.template().parameters().get(key);
              boolean hidden = definition != null && definition.noEcho();
              array
                  .addObject()
                  .put("ParameterKey", key)
                  .put("ParameterValue", hidden ? "****" : value);
            });
    return array;
  }

  /**
   * Adds one page of {@code items}, from {@code NextToken} on, and the token of the next.
   *
   * @param size how many a page holds
   */
  static <T> void page(
      ObjectNode json,
      String member,
      List<T> items,
      Input input,
      int size,
      Function<T, ObjectNode> render) {
    int from = 0;
    String token = input.text("NextToken").orElse("0");
    try {
      from = Integer.parseInt(token);
    } catch (NumberFormatException notOurs) {
      from = -1;
    }
    if (from < 0 || from > items.size()) {
      throw StackErrors.validation("NextToken '" + token + "' is not valid.");
    }
    int to = Math.min(items.size(), from + size);
    ArrayNode array = json.putArray(member);
    items.subList(from, to).forEach(item -> array.add(render.apply(item)));
    if (to < items.size()) {
      json.put("NextToken", Integer.toString(to));
    }
  }
}
