// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.internal.expr.AslJson;
import dev.syncline.sim.asl.internal.model.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;

/** Turns the content of an S3 object into items. */
record ItemContent(State.ReaderConfig config) {

  /** The content is not what the reader's configuration says. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  /** The items in an object's content: text, or bytes that may be gzipped. */
  JsonNode items(JsonNode content) throws Unreadable {
    return switch (config.inputType()) {
      case "CSV" -> csv(text(content), config.csvHeaders());
      case "JSONL" -> lines(text(content));
      default ->
          array(pointed(content.isTextual() || content.isBinary() ? json(text(content)) : content));
    };
  }

  /** The rows of a data file of an S3 inventory, whose columns its manifest names. */
  JsonNode inventory(JsonNode content, List<String> columns) throws Unreadable {
    return csv(text(content), columns);
  }

  static String text(JsonNode content) throws Unreadable {
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isBinary()) {
      return AslJson.write(content);
    }
    try {
      byte[] bytes = content.binaryValue();
      return Gzip.is(bytes) ? Gzip.text(bytes) : new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private JsonNode pointed(JsonNode document) {
    return config.itemsPointer() == null ? document : document.at(config.itemsPointer());
  }

  static JsonNode array(JsonNode value) throws Unreadable {
    if (!value.isArray()) {
      throw new Unreadable("Attempting to map over non-iterable node.");
    }
    return value;
  }

  static JsonNode json(String text) throws Unreadable {
    try {
      return AslJson.parse(text);
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

  private JsonNode csv(String text, List<String> given) throws Unreadable {
    List<List<String>> rows = Csv.rows(text, config.delimiter());
    if (given.isEmpty() && rows.isEmpty()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    List<String> headers = given.isEmpty() ? rows.getFirst() : given;
    if (new HashSet<>(headers).size() < headers.size()) {
      throw new Unreadable("CSV headers cannot contain duplicates.");
    }
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (List<String> row : given.isEmpty() ? rows.subList(1, rows.size()) : rows) {
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
