// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Values at random that DynamoDB stores; the same for the same seed. */
final class RandomValues {
  private RandomValues() {}

  /** A number of the whole range; small whole ones are frequent. */
  static DynamoNumber number(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return DynamoNumber.of(random.nextInt(-1000, 1001));
    }
    int digits = random.nextInt(1, 39);
    var text = new StringBuilder(digits).append(random.nextInt(1, 10));
    for (int i = 1; i < digits; i++) {
      text.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
    }
    int exponent =
        random.nextBoolean() ? random.nextInt(-130, 126) : random.nextInt(-3, digits + 3);
    var unscaled = new BigInteger(text.toString());
    return DynamoNumber.of(
        new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), digits - 1 - exponent));
  }

  static String text(SplittableRandom random) {
    int length = random.nextInt(20);
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (random.nextInt(8)) {
            case 0 -> random.nextInt(0, 3);
            case 1 -> random.nextInt(0x80, 0x800);
            case 2 -> random.nextInt(0xE000, 0x1_0000);
            case 3 -> random.nextInt(0x1_0000, 0x11_0000);
            default -> random.nextInt('a', 'f');
          });
    }
    return text.toString();
  }

  static Bytes bytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(12)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(-1, 2) : random.nextInt());
    }
    return Bytes.wrap(bytes);
  }

  static AttributeValue scalar(SplittableRandom random, AttributeType type) {
    return switch (type) {
      case S -> new AttributeValue.S(text(random));
      case N -> new AttributeValue.N(number(random));
      case B -> new AttributeValue.B(bytes(random));
      default -> throw new IllegalArgumentException("no scalar: " + type);
    };
  }

  /** A value with up to {@code levels} levels below it. */
  static AttributeValue value(SplittableRandom random, int levels) {
    AttributeType[] types = AttributeType.values();
    AttributeType type = types[random.nextInt(types.length)];
    int count = random.nextInt(1, 5);
    return switch (type) {
      case S, N, B -> scalar(random, type);
      case BOOL -> new AttributeValue.Bool(random.nextBoolean());
      case NULL -> new AttributeValue.Null();
      case SS -> new AttributeValue.SS(members(count, () -> text(random)));
      case NS -> new AttributeValue.NS(members(count, () -> number(random)));
      case BS -> new AttributeValue.BS(members(count, () -> bytes(random)));
      case L -> {
        var elements = new ArrayList<AttributeValue>();
        for (int i = 1; i < count && levels > 0; i++) {
          elements.add(value(random, levels - 1));
        }
        yield new AttributeValue.L(elements);
      }
      case M -> new AttributeValue.M(levels == 0 ? Map.of() : attributes(random, levels - 1));
    };
  }

  /** An item with up to {@code levels} levels below its values. */
  static Item item(SplittableRandom random, int levels) {
    return new Item(attributes(random, levels));
  }

  private static Map<String, AttributeValue> attributes(SplittableRandom random, int levels) {
    var attributes = new LinkedHashMap<String, AttributeValue>();
    int count = random.nextInt(30) == 0 ? 40 : random.nextInt(6);
    for (int i = 0; i < count; i++) {
      attributes.put("a" + text(random), value(random, levels));
    }
    return attributes;
  }

  private static <T> Set<T> members(int count, Supplier<T> member) {
    var members = new LinkedHashSet<T>();
    for (int i = 0; i < count; i++) {
      members.add(member.get());
    }
    return members;
  }
}
