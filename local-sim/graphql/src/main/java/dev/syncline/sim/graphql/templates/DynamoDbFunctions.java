// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.syncline.sim.graphql.resolver.JavaValues;
import dev.syncline.sim.graphql.templates.FunctionTable.Arguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code $util.dynamodb}: values in DynamoDB's typed form, as maps and by the twins whose names end
 * in {@code Json} as text. Numbers stay numbers; lists never become sets by themselves. Stateless.
 */
final class DynamoDbFunctions {
  static final FunctionTable TABLE = table();

  private DynamoDbFunctions() {}

  private static FunctionTable table() {
    var table = new FunctionTable("$util.dynamodb");
    twins(table, "toDynamoDB", in -> typed(in.get(0)), Object.class);
    twins(table, "toString", in -> scalar("S", in.get(0)), String.class);
    twins(table, "toStringSet", in -> scalar("SS", in.get(0)), List.class);
    twins(table, "toNumber", in -> scalar("N", in.get(0)), Number.class);
    twins(table, "toNumberSet", in -> scalar("NS", in.get(0)), List.class);
    twins(table, "toBinary", in -> scalar("B", in.get(0)), String.class);
    twins(table, "toBinarySet", in -> scalar("BS", in.get(0)), List.class);
    twins(table, "toBoolean", in -> scalar("BOOL", in.get(0)), Boolean.class);
    twins(table, "toNull", in -> one("NULL", null));
    twins(table, "toList", in -> typed(in.get(0)), List.class);
    twins(table, "toMap", in -> typed(in.get(0)), Map.class);
    twins(table, "toMapValues", in -> values(in.get(0)), Map.class);
    twins(table, "toS3Object", DynamoDbFunctions::s3, String.class, String.class, String.class);
    twins(
        table,
        "toS3Object",
        DynamoDbFunctions::s3,
        String.class,
        String.class,
        String.class,
        String.class);
    return table.add("fromS3ObjectJson", (run, in) -> fromS3(in.needed(0)), String.class);
  }

  /** The typed form of one value. */
  @FunctionalInterface
  private interface Form {
    @Nullable Object of(Arguments in);
  }

  private static void twins(FunctionTable table, String name, Form form, Class<?>... types) {
    table.add(name, (run, in) -> form.of(in), types);
    table.add(name + "Json", (run, in) -> JavaValues.text(form.of(in)), types);
  }

  private static Map<String, @Nullable Object> one(String type, @Nullable Object value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(type, value);
    return map;
  }

  private static Map<String, @Nullable Object> scalar(String type, @Nullable Object value) {
    return value == null ? one("NULL", null) : one(type, value);
  }

  /** A value with the type that its kind has. */
  static Map<String, @Nullable Object> typed(@Nullable Object value) {
    return switch (value) {
      case null -> one("NULL", null);
      case Number number -> one("N", number);
      case Boolean yesOrNo -> one("BOOL", yesOrNo);
      case Map<?, ?> map -> one("M", values(map));
      case Collection<?> list -> {
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object element : list) {
          elements.add(typed(element));
        }
        yield one("L", elements);
      }
      default -> one("S", value.toString());
    };
  }

  private static @Nullable Map<String, @Nullable Object> values(@Nullable Object map) {
    if (!(map instanceof Map<?, ?> members)) {
      return null;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      values.put(String.valueOf(member.getKey()), typed(member.getValue()));
    }
    return values;
  }

  private static Map<String, @Nullable Object> s3(Arguments in) {
    Map<String, @Nullable Object> place = new LinkedHashMap<>();
    place.put("key", in.get(0));
    place.put("bucket", in.get(1));
    place.put("region", in.get(2));
    if (in.get(3) != null) {
      place.put("version", in.get(3));
    }
    return one("S", JavaValues.text(Collections.singletonMap("s3", place)));
  }

  private static @Nullable Object fromS3(String text) {
    try {
      return JavaValues.of(JavaValues.MAPPER.readTree(text).path("s3"));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException(TemplateJson.jackson(text, malformed));
    }
  }
}
