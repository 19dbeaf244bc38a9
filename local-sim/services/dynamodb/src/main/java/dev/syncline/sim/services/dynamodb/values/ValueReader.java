// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads values from DynamoDB's JSON, in time that grows no faster than n log n with the text.
 *
 * <p>Faults are in AWS's words. A member of the wrong JSON type anywhere in what is read is
 * reported before any value that is wrong, as AWS does. Safe for any JSON of up to some thousand
 * levels.
 */
public final class ValueReader {
  /** Levels of a value: a scalar attribute is at level 1. */
  public static final int MAX_LEVELS = 32;

  /** Bytes of the name of an attribute, in UTF-8. */
  public static final int MAX_NAME_BYTES = 65_535;

  /** The fault of a value with more levels. */
  public static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String EMPTY =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  private static final String SEVERAL =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";

  private ValueReader() {}

  /**
   * Reads a value.
   *
   * @throws SerializationFault for a JSON type that does not fit
   * @throws ValidationFault for anything else that is wrong
   */
  public static AttributeValue read(JsonNode json) {
    try {
      return value(json, 1);
    } catch (ValidationFault fault) {
      JsonTypes.requireValue(json);
      throw fault;
    }
  }

  /**
   * Reads a map of values: an item or a key.
   *
   * @throws SerializationFault for a JSON type that does not fit
   * @throws ValidationFault for anything else that is wrong
   */
  public static Item readItem(JsonNode json) {
    try {
      return new Item(attributes(json, 1));
    } catch (ValidationFault fault) {
      JsonTypes.requireItem(json);
      throw fault;
    }
  }

  /**
   * Checks the JSON types in a map of values and nothing else: AWS checks those of a whole request
   * before any value. {@link #readItem} does it too.
   *
   * @throws SerializationFault for a JSON type that does not fit
   */
  public static void requireTypes(JsonNode item) {
    JsonTypes.requireItem(item);
  }

  private static SortedAttributes attributes(JsonNode json, int level) {
    JsonTypes.requireMap(json);
    int count = json.size();
    var names = new String[count];
    var values = new AttributeValue[count];
    int at = 0;
    for (Map.Entry<String, JsonNode> attribute : json.properties()) {
      String name = attribute.getKey();
      requireName(name);
      names[at] = name;
      values[at++] = value(attribute.getValue(), level);
    }
    return SortedAttributes.ofUnsorted(names, values);
  }

  private static void requireName(String name) {
    if (name.isEmpty()) {
      throw ValidationFault.bare("Empty attribute name");
    }
    if (name.length() > MAX_NAME_BYTES / 3 && Utf8.length(name) > MAX_NAME_BYTES) {
      throw ValidationFault.bare("Attribute name is too large, must be less than 65536 bytes");
    }
    requireText(name);
  }

  private static AttributeValue value(JsonNode json, int level) {
    if (level > MAX_LEVELS) {
      throw ValidationFault.request(TOO_DEEP);
    }
    JsonTypes.requireStructure(json);
    AttributeValue found = null;
    int members = 0;
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!member.getValue().isNull()) {
        members++;
        AttributeValue read = member(member.getKey(), member.getValue(), level);
        found = read == null ? found : read;
      }
    }
    if (found == null) {
      throw ValidationFault.bare(EMPTY);
    }
    if (members > 1) {
      throw ValidationFault.bare(SEVERAL);
    }
    return found;
  }

  /** The value of one member; null for a member of an unknown name. */
  private static @Nullable AttributeValue member(String name, JsonNode json, int level) {
    return switch (name) {
      case "S" -> new AttributeValue.S(requireText(JsonTypes.text(json)));
      case "N" -> new AttributeValue.N(DynamoNumber.parse(JsonTypes.text(json)));
      case "B" -> new AttributeValue.B(JsonTypes.blob(json));
      case "BOOL" -> JsonTypes.bool(json) ? AttributeValue.Bool.TRUE : AttributeValue.Bool.FALSE;
      case "NULL" -> {
        if (!JsonTypes.bool(json)) {
          throw ValidationFault.request(
              INVALID + "Null attribute value types must have the value of true");
        }
        yield AttributeValue.Null.NULL;
      }
      case "L" -> {
        JsonTypes.requireList(json);
        var elements = new AttributeValue[json.size()];
        int at = 0;
        for (JsonNode element : json) {
          elements[at++] = value(element, level + 1);
        }
        yield new AttributeValue.L(List.of(elements));
      }
      case "M" -> new AttributeValue.M(attributes(json, level + 1));
      case "SS" -> strings(json);
      case "NS" -> numbers(json);
      case "BS" -> binaries(json);
      default -> null;
    };
  }

  private static AttributeValue strings(JsonNode json) {
    JsonTypes.requireList(json);
    var members = new String[json.size()];
    int at = 0;
    for (JsonNode member : json) {
      members[at++] = requireText(JsonTypes.text(member));
    }
    if (members.length == 0) {
      throw ValidationFault.request(INVALID + "An string set  may not be empty");
    }
    String[] sorted = members.clone();
    Arrays.sort(sorted);
    if (SortedMembers.hasDuplicates(sorted)) {
      throw ValidationFault.request(
          duplicates(Arrays.toString(members)),
          duplicates(
              "[\""
                  + String.join(
                      "\", \"", upToRepetition(members, new TreeSet<String>(Utf8::compare)))
                  + "\"]"));
    }
    return new AttributeValue.SS(new SortedMembers<>(String.class, sorted));
  }

  private static String duplicates(String members) {
    return INVALID + "Input collection " + members + " contains duplicates.";
  }

  /**
   * The members as the new framework prints them: sorted up to the first repetition, then that one
   * and the rest as given (observed on AWS in October 2026).
   */
  private static <T> List<T> upToRepetition(T[] members, TreeSet<T> sorted) {
    int at = 0;
    while (at < members.length && sorted.add(members[at])) {
      at++;
    }
    var printed = new ArrayList<>(sorted);
    printed.addAll(Arrays.asList(members).subList(at, members.length));
    return printed;
  }

  private static AttributeValue numbers(JsonNode json) {
    JsonTypes.requireList(json);
    var members = new DynamoNumber[json.size()];
    int at = 0;
    for (JsonNode member : json) {
      members[at++] = DynamoNumber.parse(JsonTypes.text(member));
    }
    if (members.length == 0) {
      throw ValidationFault.request(INVALID + "An number set  may not be empty");
    }
    Arrays.sort(members);
    if (SortedMembers.hasDuplicates(members)) {
      throw ValidationFault.request(
          "Input collection contains duplicates",
          INVALID + "Input collection contains duplicates.");
    }
    return new AttributeValue.NS(new SortedMembers<>(DynamoNumber.class, members));
  }

  private static AttributeValue binaries(JsonNode json) {
    JsonTypes.requireList(json);
    var members = new Bytes[json.size()];
    int at = 0;
    for (JsonNode member : json) {
      members[at++] = JsonTypes.blob(member);
    }
    if (members.length == 0) {
      throw ValidationFault.request(INVALID + "Binary sets should not be empty");
    }
    Bytes[] sorted = members.clone();
    Arrays.sort(sorted);
    if (SortedMembers.hasDuplicates(sorted)) {
      throw ValidationFault.request(
          INVALID
              + "Input collection "
              + Arrays.toString(members)
              + "of type BS contains duplicates.",
          INVALID
              + "Input collection "
              + upToRepetition(members, new TreeSet<Bytes>()).stream()
                  .map(member -> "\"" + member + "\"")
                  .collect(Collectors.joining(",", "[", "]"))
              + "of type BS contains duplicates.");
    }
    return new AttributeValue.BS(new SortedMembers<>(Bytes.class, sorted));
  }

  private static String requireText(String text) {
    if (!Utf8.isWellFormed(text)) {
      throw ValidationFault.bare(
          String.format(
              Locale.ROOT,
              "The simulator does not support a string with half of a surrogate pair, which has no"
                  + " UTF-8 form: a string of %d characters",
              text.length()));
    }
    return text;
  }
}
