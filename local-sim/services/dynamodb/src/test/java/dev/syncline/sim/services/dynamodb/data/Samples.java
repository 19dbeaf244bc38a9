// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Bytes;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short forms of items, keys and schemas. */
final class Samples {
  static final ChangeListener IGNORED = (key, before, after, expired) -> {};

  private Samples() {}

  /** From names and values in turn: texts, numbers, byte arrays or attribute values. */
  static Item item(Object... namesAndValues) {
    var attributes = new LinkedHashMap<String, AttributeValue>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
    }
    return new Item(attributes);
  }

  static AttributeValue value(Object value) {
    return switch (value) {
      case AttributeValue given -> given;
      case String text -> new AttributeValue.S(text);
      case Number number -> new AttributeValue.N(DynamoNumber.parse(number.toString()));
      case byte[] bytes -> new AttributeValue.B(Bytes.wrap(bytes));
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  /** The text of a scalar: of binaries, their Base64. */
  static String plain(@Nullable AttributeValue value) {
    return switch (value) {
      case AttributeValue.S text -> text.value();
      case AttributeValue.N number -> number.value().toString();
      case AttributeValue.B bytes -> bytes.value().toString();
      case null, default -> throw new IllegalArgumentException(String.valueOf(value));
    };
  }

  /** From {@code name:type}, the hash attribute first. */
  static KeySchema key(String... attributes) {
    return key(1, attributes);
  }

  /** The same with several hash attributes. */
  static KeySchema key(int hashAttributes, String... attributes) {
    var all = new ArrayList<KeyAttribute>();
    for (String attribute : attributes) {
      String[] parts = attribute.split(":", 2);
      all.add(new KeyAttribute(parts[0], AttributeType.valueOf(parts[1])));
    }
    return new KeySchema(all.subList(0, hashAttributes), all.subList(hashAttributes, all.size()));
  }

  static IndexSchema global(String name, KeySchema key) {
    return new IndexSchema(name, key, new Projection(Projection.Type.ALL, List.of()), true);
  }

  static IndexSchema local(String name, KeySchema key) {
    return new IndexSchema(name, key, new Projection(Projection.Type.ALL, List.of()), false);
  }

  static IndexSchema keysOnly(IndexSchema index) {
    return new IndexSchema(
        index.name(),
        index.key(),
        new Projection(Projection.Type.KEYS_ONLY, List.of()),
        index.global());
  }

  static IndexSchema including(IndexSchema index, String... attributes) {
    return new IndexSchema(
        index.name(),
        index.key(),
        new Projection(Projection.Type.INCLUDE, List.of(attributes)),
        index.global());
  }

  static TableData table(KeySchema key, IndexSchema... indexes) {
    return new TableData(key, List.of(indexes), IGNORED);
  }

  static Change put(TableData table, Item item) {
    return table.write(item, before -> item);
  }

  static Change delete(TableData table, Item key) {
    return table.write(key, before -> null);
  }

  static KeyCondition.Part term(
      String attribute, KeyCondition.Operator operator, Object... operands) {
    return new KeyCondition.Part(
        attribute, operator, Arrays.stream(operands).map(Samples::value).toList());
  }

  static KeyCondition.Part eq(String attribute, Object operand) {
    return term(attribute, KeyCondition.Operator.EQ, operand);
  }

  static QueryPage query(TableData table, KeyCondition.Part... terms) {
    return query(table, ReadOptions.ALL, terms);
  }

  static QueryPage query(TableData table, ReadOptions options, KeyCondition.Part... terms) {
    return table.query(new QueryRequest(new KeyCondition(List.of(terms)), true, options));
  }
}
