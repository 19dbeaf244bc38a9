// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.handlers.XmlJson;
import dev.syncline.sim.vtl.TemplateWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code $util.xml} and {@code $util.rds}: answers in other forms. Stateless. */
final class FormatFunctions {
  private static final int XML_PARSER = 5000;

  static final FunctionTable XML =
      new FunctionTable("$util.xml")
          .add("toMap", (run, in) -> JavaValues.of(parsed(xml(in.needed(0), false))), String.class)
          .add("toJsonString", (run, in) -> xml(in.needed(0), false), String.class)
          .add(
              "toJsonString",
              (run, in) -> xml(in.needed(0), Boolean.TRUE.equals(in.get(1))),
              String.class,
              Boolean.class);

  static final FunctionTable RDS =
      new FunctionTable("$util.rds")
          .add("toJsonString", (run, in) -> JavaValues.text(rows(in.get(0))), Object.class)
          .add("toJsonObject", (run, in) -> rows(in.get(0)), Object.class);

  private FormatFunctions() {}

  /** A parser costs much more than a short document. */
  private static String xml(String document, boolean onlyTexts) {
    TemplateWork.charge(XML_PARSER + document.length());
    return XmlJson.of(document, onlyTexts);
  }

  private static JsonNode parsed(String text) {
    try {
      return JavaValues.MAPPER.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(TemplateJson.jackson(text, malformed));
    }
  }

  /** The rows of each statement by the names of their columns. */
  private static List<@Nullable Object> rows(@Nullable Object answer) {
    JsonNode whole = answer instanceof String text ? parsed(text) : JavaValues.json(answer);
    List<@Nullable Object> statements = new ArrayList<>();
    for (JsonNode statement : whole.path("sqlStatementResults")) {
      List<@Nullable Object> rows = new ArrayList<>();
      for (JsonNode record : statement.path("records")) {
        rows.add(row(record, statement.path("columnMetadata")));
      }
      statements.add(rows);
    }
    return statements;
  }

  private static Map<String, @Nullable Object> row(JsonNode record, JsonNode columns) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < record.size(); i++) {
      JsonNode column = columns.path(i);
      String name = column.path("label").asText(column.path("name").asText());
      JsonNode field = record.get(i);
      boolean none = field.path("isNull").asBoolean() || field.isEmpty();
      row.put(name, none ? null : JavaValues.of(field.elements().next()));
    }
    return row;
  }
}
