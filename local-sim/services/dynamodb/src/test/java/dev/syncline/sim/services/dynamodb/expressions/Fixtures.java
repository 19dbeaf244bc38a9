// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Bytes;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Values, items and scopes in short words. */
final class Fixtures {
  static final AttributeValue NULL = new AttributeValue.Null();

  private Fixtures() {}

  static AttributeValue s(String text) {
    return new AttributeValue.S(text);
  }

  static AttributeValue n(String number) {
    return new AttributeValue.N(DynamoNumber.parse(number));
  }

  static AttributeValue b(String text) {
    return new AttributeValue.B(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static AttributeValue bool(boolean value) {
    return new AttributeValue.Bool(value);
  }

  static AttributeValue ss(String... members) {
    return new AttributeValue.SS(new LinkedHashSet<>(List.of(members)));
  }

  static AttributeValue ns(String... members) {
    return new AttributeValue.NS(
        Arrays.stream(members)
            .map(DynamoNumber::parse)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  static AttributeValue bs(String... members) {
    return new AttributeValue.BS(
        Arrays.stream(members)
            .map(text -> Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  static AttributeValue l(AttributeValue... values) {
    return new AttributeValue.L(List.of(values));
  }

  /** A map of names and values in turn. */
  static AttributeValue m(Object... namesAndValues) {
    return new AttributeValue.M(map(namesAndValues));
  }

  /** An item of names and values in turn. */
  static Item item(Object... namesAndValues) {
    return new Item(map(namesAndValues));
  }

  static Map<String, AttributeValue> map(Object... namesAndValues) {
    var map = new LinkedHashMap<String, AttributeValue>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      map.put((String) namesAndValues[at], (AttributeValue) namesAndValues[at + 1]);
    }
    return map;
  }

  /**
   * A scope of placeholders and what they stand for, in turn: texts for {@code #x}, values for
   * {@code :x}.
   */
  static ExpressionScope scope(Object... placeholders) {
    var names = new LinkedHashMap<String, String>();
    var values = new LinkedHashMap<String, AttributeValue>();
    for (int at = 0; at < placeholders.length; at += 2) {
      if (placeholders[at + 1] instanceof AttributeValue value) {
        values.put((String) placeholders[at], value);
      } else {
        names.put((String) placeholders[at], (String) placeholders[at + 1]);
      }
    }
    return new ExpressionScope(names.isEmpty() ? null : names, values.isEmpty() ? null : values);
  }

  /** The text of the fault. */
  static String fault(ThrowingCallable call) {
    ValidationFault fault = catchThrowableOfType(ValidationFault.class, call);
    return fault == null ? "no fault" : fault.text();
  }
}
