// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The eighteen intrinsic functions. */
enum IntrinsicFunction {
  ARRAY("States.Array", 0, Integer.MAX_VALUE) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      ArrayNode array = JSON.arrayNode(args.size());
      args.forEach(array::add);
      return array;
    }
  },
  ARRAY_PARTITION("States.ArrayPartition", 2, 2) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      JsonNode array = array(args.get(0));
      long size = number(args.get(1));
      if (size < 1) {
        throw new BadArgument("The chunk size must be a positive integer but was " + size);
      }
      ArrayNode chunks = JSON.arrayNode();
      ArrayNode chunk = JSON.arrayNode();
      for (JsonNode element : array) {
        if (chunk.size() == size) {
          chunks.add(chunk);
          chunk = JSON.arrayNode();
        }
        chunk.add(element);
      }
      return chunk.isEmpty() ? chunks : chunks.add(chunk);
    }
  },
  ARRAY_CONTAINS("States.ArrayContains", 2, 2) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      for (JsonNode element : array(args.get(0))) {
        if (element.equals(args.get(1))) {
          return BooleanNode.TRUE;
        }
      }
      return BooleanNode.FALSE;
    }
  },
  ARRAY_RANGE("States.ArrayRange", 3, 3) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      long first = number(args.get(0));
      long last = number(args.get(1));
      long step = number(args.get(2));
      if (step == 0) {
        throw new BadArgument("The step must not be 0");
      }
      long length = Math.max(0, (last - first) / step + 1);
      if (length > MAX_RANGE) {
        throw new BadArgument("The range must not have more than " + MAX_RANGE + " elements");
      }
      ArrayNode range = JSON.arrayNode();
      for (long i = 0; i < length; i++) {
        range.add(whole(first + i * step));
      }
      return range;
    }
  },
  ARRAY_GET_ITEM("States.ArrayGetItem", 2, 2) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      JsonNode array = array(args.get(0));
      long index = number(args.get(1));
      if (index < 0 || index >= array.size()) {
        throw new BadArgument(
            "The index " + index + " is out of bounds for length " + array.size());
      }
      return array.get((int) index);
    }
  },
  ARRAY_LENGTH("States.ArrayLength", 1, 1) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      return IntNode.valueOf(array(args.get(0)).size());
    }
  },
  ARRAY_UNIQUE("States.ArrayUnique", 1, 1) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      Set<JsonNode> distinct = new LinkedHashSet<>();
      array(args.get(0)).forEach(distinct::add);
      return JSON.arrayNode(distinct.size()).addAll(distinct);
    }
  },
  BASE64_ENCODE("States.Base64Encode", 1, 1) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      byte[] bytes = limited(text(args.get(0))).getBytes(StandardCharsets.UTF_8);
      return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
    }
  },
  BASE64_DECODE("States.Base64Decode", 1, 1) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      try {
        byte[] bytes = Base64.getDecoder().decode(limited(text(args.get(0))));
        return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new BadArgument(String.valueOf(e.getMessage()));
      }
    }
  },
  HASH("States.Hash", 2, 2) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      JsonNode data = args.get(0);
      String input = limited(data.isTextual() ? data.textValue() : AslJson.write(data));
      String algorithm = text(args.get(1));
      if (!Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512").contains(algorithm)) {
        throw new BadArgument("The algorithm '" + algorithm + "' is not supported");
      }
      return TextNode.valueOf(hash(input, algorithm));
    }
  },
  JSON_MERGE("States.JsonMerge", 3, 3) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      if (!args.get(2).isBoolean()) {
        throw new BadArgument("The third argument must be a boolean");
      }
      if (args.get(2).booleanValue()) {
        throw new BadArgument("Deep merging is not supported; the third argument must be false");
      }
      ObjectNode merged = object(args.get(0)).deepCopy();
      merged.setAll(object(args.get(1)));
      return merged;
    }
  },
  JSON_TO_STRING("States.JsonToString", 1, 1) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      return TextNode.valueOf(AslJson.write(args.get(0)));
    }
  },
  STRING_TO_JSON("States.StringToJson", 1, 1) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      String text = text(args.get(0));
      if (text.isBlank()) {
        // As in Jackson, an empty text has no value.
        return JSON.nullNode();
      }
      try {
        return AslJson.parse(text);
      } catch (JsonProcessingException e) {
        throw new BadArgument(String.valueOf(e.getMessage()));
      }
    }
  },
  STRING_SPLIT("States.StringSplit", 2, 2) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      // Every character of the second argument separates; empty parts are left out.
      ArrayNode parts = JSON.arrayNode();
      StringTokenizer tokens = new StringTokenizer(text(args.get(0)), text(args.get(1)));
      while (tokens.hasMoreTokens()) {
        parts.add(tokens.nextToken());
      }
      return parts;
    }
  },
  FORMAT("States.Format", 1, Integer.MAX_VALUE) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      return TextNode.valueOf(format(text(args.get(0)), args.subList(1, args.size())));
    }
  },
  MATH_ADD("States.MathAdd", 2, 2) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      return whole(mathNumber(args.get(0)) + mathNumber(args.get(1)));
    }
  },
  MATH_RANDOM("States.MathRandom", 2, 3) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      long start = mathNumber(args.get(0));
      long end = mathNumber(args.get(1));
      if (start >= end) {
        throw new BadArgument("The start " + start + " must be less than the end " + end);
      }
      RandomGenerator random = args.size() == 3 ? new Random(number(args.get(2))) : scope.random();
      return whole(random.nextLong(start, end));
    }
  },
  UNIQUE_ID("States.UUID", 0, 0) {
    @Override
    JsonNode call(List<JsonNode> args, Scope scope) {
      return TextNode.valueOf(uuid(scope.random()).toString());
    }
  };

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MAX_RANGE = 1000;
  private static final int MAX_CHARS = 10_000;
  private static final Map<String, IntrinsicFunction> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(f -> f.asl, Function.identity()));

  private final String asl;
  private final int least;
  private final int most;

  IntrinsicFunction(String asl, int least, int most) {
    this.asl = asl;
    this.least = least;
    this.most = most;
  }

  /** An argument the function does not accept. */
  static final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadArgument(String message) {
      super(message, null, false, false);
    }
  }

  static @Nullable IntrinsicFunction byName(String name) {
    return BY_NAME.get(name);
  }

  int minArguments() {
    return least;
  }

  int maxArguments() {
    return most;
  }

  abstract JsonNode call(List<JsonNode> args, Scope scope);

  /** A version 4 UUID from the execution's own random source. */
  static UUID uuid(RandomGenerator random) {
    long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  static String hash(String input, String algorithm) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(input.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new BadArgument("The algorithm '" + algorithm + "' is not supported");
    }
  }

  private static JsonNode array(JsonNode value) {
    if (!value.isArray()) {
      throw new BadArgument("The argument must be an array but was " + AslJson.write(value));
    }
    return value;
  }

  private static ObjectNode object(JsonNode value) {
    if (!(value instanceof ObjectNode object)) {
      throw new BadArgument("The argument must be an object but was " + AslJson.write(value));
    }
    return object;
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new BadArgument("The argument must be a string but was " + AslJson.write(value));
    }
    return value.textValue();
  }

  /** Limits the length of data to encode, decode or hash. */
  private static String limited(String text) {
    if (text.length() > MAX_CHARS) {
      throw new BadArgument("The argument must not be longer than " + MAX_CHARS);
    }
    return text;
  }

  /** Numbers of the functions of mathematics are 32 bits wide. */
  private static long mathNumber(JsonNode value) {
    long number = number(value);
    if (number != (int) number) {
      throw new BadArgument(
          "The argument must be between "
              + Integer.MIN_VALUE
              + " and "
              + Integer.MAX_VALUE
              + " but was "
              + AslJson.write(value));
    }
    return number;
  }

  /** AWS rounds what is not whole, half up. */
  private static long number(JsonNode value) {
    if (!value.isNumber()) {
      throw new BadArgument("The argument must be a number but was " + AslJson.write(value));
    }
    return value.isIntegralNumber() ? value.longValue() : Math.round(value.doubleValue());
  }

  private static JsonNode whole(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  private static String format(String template, List<JsonNode> values) {
    StringBuilder text = new StringBuilder();
    int used = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '\\' && i + 1 < template.length() && "'{}\\".indexOf(template.charAt(i + 1)) >= 0) {
        i++;
        text.append(template.charAt(i));
      } else if (c == '{' && i + 1 < template.length() && template.charAt(i + 1) == '}') {
        if (used == values.size()) {
          throw new BadArgument(
              "The template has more placeholders than the "
                  + values.size()
                  + " arguments that were given");
        }
        text.append(display(values.get(used)));
        used++;
        i++;
      } else {
        text.append(c);
      }
    }
    if (used != values.size()) {
      throw new BadArgument(
          "The template has " + used + " placeholders for " + values.size() + " arguments");
    }
    return text.toString();
  }

  /** Objects and arrays are printed as Java prints its collections (recorded). */
  private static String display(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    return value.isContainerNode() ? String.valueOf(AslJson.toPlain(value)) : value.asText();
  }
}
