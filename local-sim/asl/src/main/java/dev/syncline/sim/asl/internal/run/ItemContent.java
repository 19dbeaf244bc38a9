// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.internal.expr.Json;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.model.State;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what an ItemReader's call has answered into items. */
record ItemContent(State.ReaderConfig config, boolean listing, @Nullable Long maxItems) {

  /** The content is not what the reader's configuration says. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  static ItemContent of(State.Transfer reader, Scope seen) {
    return new ItemContent(
        reader.config(),
        reader.resource().action().equals("listObjectsV2"),
        Numbers.whole(reader.config().maxItems(), seen));
  }

  JsonNode parse(JsonNode answer) throws Unreadable {
    if (maxItems != null && maxItems < 0) {
      throw new Unreadable("field MaxItems must be positive");
    }
    JsonNode items = items(answer);
    // 0 stands for all of them (recorded).
    if (maxItems == null || maxItems == 0 || items.size() <= maxItems) {
      return items;
    }
    ArrayNode first = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < maxItems; i++) {
      first.add(items.get(i));
    }
    return first;
  }

  private JsonNode items(JsonNode answer) throws Unreadable {
    if (listing) {
      return array(answer);
    }
    String text = answer.isTextual() ? answer.textValue() : null;
    return switch (config.inputType()) {
      case "CSV" -> csv(text == null ? Json.write(answer) : text);
      case "JSONL" -> lines(text == null ? Json.write(answer) : text);
      default -> array(pointed(text == null ? answer : json(text)));
    };
  }

  private JsonNode pointed(JsonNode document) {
    return config.itemsPointer() == null ? document : document.at(config.itemsPointer());
  }

  private static JsonNode array(JsonNode value) throws Unreadable {
    if (!value.isArray()) {
      throw new Unreadable("Attempting to map over non-iterable node.");
    }
    return value;
  }

  private static JsonNode json(String text) throws Unreadable {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode lines(String text) throws Unreadable {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (String line : text.lines().toList()) {
      if (!line.isBlank()) {
        items.add(json(line));
      }
    }
    return items;
  }

  private JsonNode csv(String text) throws Unreadable {
    List<List<String>> rows = Csv.rows(text, config.delimiter());
    boolean given = !config.csvHeaders().isEmpty();
    if (!given && rows.isEmpty()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    List<String> headers = given ? config.csvHeaders() : rows.getFirst();
    if (new HashSet<>(headers).size() < headers.size()) {
      throw new Unreadable("CSV headers cannot contain duplicates.");
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (List<String> row : given ? rows : rows.subList(1, rows.size())) {
      // Missing fields are empty, surplus ones are dropped (recorded).
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < headers.size(); i++) {
        item.put(headers.get(i), i < row.size() ? row.get(i) : "");
      }
      items.add(item);
    }
    return items;
  }
}
