// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of users' attributes: the pool's schema, and what an app client may read and write.
 * Texts as recorded where a record has them; those of values that break a constraint of length or
 * type are by use. Stateless.
 */
public final class PoolAttributes {
  /** Written by Cognito and administrators only. */
  private static final Set<String> VERIFIED = Set.of("email_verified", "phone_number_verified");

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)*");
  private static final Pattern PHONE = Pattern.compile("\\+[0-9]{1,15}");
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private PoolAttributes() {}

  /** Reads an {@code AttributeList}; the last value of a name counts. */
  public static Map<String, String> read(Input input, String member) {
    var attributes = new LinkedHashMap<String, String>();
    for (Input attribute : input.structures(member)) {
      attributes.put(attribute.requiredText("Name"), attribute.text("Value").orElse(""));
    }
    return attributes;
  }

  /** Writes attributes as AWS does: sorted by name, {@code sub} last. */
  public static ArrayNode write(Map<String, String> attributes, @Nullable String sub) {
    ArrayNode list = Json.array();
    new TreeMap<>(attributes)
        .forEach((name, value) -> list.addObject().put("Name", name).put("Value", value));
    if (sub != null) {
      list.addObject().put("Name", "sub").put("Value", sub);
    }
    return list;
  }

  /** Whether a text has the form of an e-mail address. */
  public static boolean isEmail(String text) {
    return EMAIL.matcher(text).matches();
  }

  /** Whether a text has the form of a phone number: a plus and digits. */
  public static boolean isPhone(String text) {
    return PHONE.matcher(text).matches();
  }

  /**
   * Refuses the attributes of a new user that the schema does not allow, or lacks.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException}
   */
  public static void requireCreatable(UserPool pool, Map<String, String> attributes) {
    var reasons = new ArrayList<String>();
    missing(pool, attributes).forEach(name -> reasons.add(required(name)));
    requireAllowed(pool, attributes, reasons);
  }

  /**
   * As {@link #requireCreatable}, for a user who gives the required attributes that are missing
   * with a new password.
   */
  public static void requireAllowed(UserPool pool, Map<String, String> attributes) {
    requireAllowed(pool, attributes, new ArrayList<>());
  }

  private static void requireAllowed(
      UserPool pool, Map<String, String> attributes, List<String> reasons) {
    addReasons(SchemaAttributes.of(pool), attributes, reasons);
    requireNone(reasons);
    requireFormats(attributes);
    if (attributes.containsKey("sub")) {
      throw CognitoErrors.invalidParameter("Cannot modify the non-mutable attribute sub");
    }
  }

  private static String required(String name) {
    return name.equals("name")
        ? "name.formatted: The attribute name.formatted is required"
        : name + ": The attribute is required";
  }

  /** The attributes that the schema requires and that are missing, in the order of the schema. */
  public static List<String> missing(UserPool pool, Map<String, String> attributes) {
    return SchemaAttributes.of(pool).entrySet().stream()
        .filter(entry -> entry.getValue().path("Required").asBoolean(false))
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals("sub") && attributes.getOrDefault(name, "").isEmpty())
        .toList();
  }

  /**
   * Refuses changes of attributes that the schema does not allow.
   *
   * @param changes new values by name; an empty value removes the attribute
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException}
   */
  public static void requireUpdatable(UserPool pool, Map<String, String> changes) {
    Map<String, ObjectNode> schema = SchemaAttributes.of(pool);
    requireKnown(schema, changes.keySet());
    var fixed = new StringBuilder();
    for (String name : changes.keySet()) {
      ObjectNode attribute = schema.get(name);
      if (attribute != null && !attribute.path("Mutable").asBoolean(true)) {
        fixed.append("user.").append(name).append(": Attribute cannot be updated.\n");
      }
    }
    if (!fixed.isEmpty()) {
      throw CognitoErrors.invalidParameter(fixed.toString());
    }
    var reasons = new ArrayList<String>();
    var set = new LinkedHashMap<>(changes);
    set.values().removeIf(String::isEmpty);
    addReasons(schema, set, reasons);
    for (var change : changes.entrySet()) {
      ObjectNode attribute = schema.get(change.getKey());
      if (change.getValue().isEmpty()
          && attribute != null
          && attribute.path("Required").asBoolean(false)) {
        reasons.add(required(change.getKey()));
      }
    }
    requireNone(reasons);
    requireFormats(set);
  }

  /**
   * Refuses the deletion of attributes that the schema requires or does not have.
   *
   * @throws dev.syncline.sim.service.AwsException {@code InvalidParameterException}
   */
  public static void requireDeletable(UserPool pool, Collection<String> names) {
    var changes = new LinkedHashMap<String, String>();
    names.forEach(name -> changes.put(name, ""));
    requireUpdatable(pool, changes);
  }

  /**
   * Refuses attributes that the client may not write.
   *
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException}
   */
  public static void requireWritable(AppClient client, Collection<String> names) {
    List<String> allowed = client.texts("WriteAttributes");
    for (String name : names) {
      boolean refused =
          VERIFIED.contains(name)
              || name.startsWith("dev:")
              || (!allowed.isEmpty() && !allowed.contains(name));
      if (refused) {
        throw CognitoErrors.notAuthorized("A client attempted to write unauthorized attribute");
      }
    }
  }

  /** The attributes that the client may read, without {@code sub}. */
  public static Map<String, String> readable(AppClient client, PoolUser user) {
    List<String> allowed = client.texts("ReadAttributes");
    var attributes = new LinkedHashMap<>(user.attributes());
    attributes
        .keySet()
        .removeIf(
            name -> name.startsWith("dev:") || (!allowed.isEmpty() && !allowed.contains(name)));
    return attributes;
  }

  /** The attributes after changes; an empty value removes an attribute. */
  public static Map<String, String> changed(
      Map<String, String> attributes, Map<String, String> changes) {
    var all = new LinkedHashMap<>(attributes);
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            all.remove(name);
          } else {
            all.put(name, value);
          }
        });
    return all;
  }

  private static void requireKnown(Map<String, ObjectNode> schema, Collection<String> names) {
    requireNone(
        names.stream()
            .filter(name -> !schema.containsKey(name))
            .map(name -> name + ": Attribute does not exist in the schema.")
            .toList());
  }

  private static void addReasons(
      Map<String, ObjectNode> schema, Map<String, String> attributes, List<String> reasons) {
    attributes.forEach(
        (name, value) -> {
          ObjectNode attribute = schema.get(name);
          if (attribute == null) {
            reasons.add(name + ": Attribute does not exist in the schema.");
          } else {
            addReason(attribute, name, value, reasons);
          }
        });
  }

  private static void addReason(
      ObjectNode attribute, String name, String value, List<String> reasons) {
    switch (attribute.path("AttributeDataType").asText()) {
      case "Number" -> {
        if (!INTEGER.matcher(value).matches()) {
          reasons.add(name + ": Attribute value is not a number.");
          return;
        }
        JsonNode limits = attribute.path("NumberAttributeConstraints");
        var number = new BigDecimal(value);
        if (limits.has("MinValue") && number.compareTo(limit(limits, "MinValue")) < 0) {
          reasons.add(name + ": Number must be at least " + limits.path("MinValue").asText() + ".");
        }
        if (limits.has("MaxValue") && number.compareTo(limit(limits, "MaxValue")) > 0) {
          reasons.add(name + ": Number must be at most " + limits.path("MaxValue").asText() + ".");
        }
      }
      case "Boolean" -> {
        if (!value.equals("true") && !value.equals("false")) {
          reasons.add(name + ": Attribute value is not a boolean.");
        }
      }
      case "String" -> {
        JsonNode limits = attribute.path("StringAttributeConstraints");
        long length = value.codePointCount(0, value.length());
        if (length < limits.path("MinLength").asLong(0)) {
          reasons.add(
              name + ": String must be at least " + limits.path("MinLength").asText() + " chars.");
        }
        if (length > limits.path("MaxLength").asLong(2048)) {
          reasons.add(
              name
                  + ": String must be at most "
                  + limits.path("MaxLength").asText("2048")
                  + " chars.");
        }
      }
      default -> {
        // Times are not checked.
      }
    }
  }

  private static BigDecimal limit(JsonNode limits, String member) {
    try {
      return new BigDecimal(limits.path(member).asText());
    } catch (NumberFormatException notANumber) {
      throw CognitoErrors.invalidParameter(member + " must be a number.");
    }
  }

  private static void requireFormats(Map<String, String> attributes) {
    String email = attributes.getOrDefault("email", "");
    if (!email.isEmpty() && !isEmail(email)) {
      throw CognitoErrors.invalidParameter("Invalid email address format.");
    }
    String phone = attributes.getOrDefault("phone_number", "");
    if (!phone.isEmpty() && !isPhone(phone)) {
      throw CognitoErrors.invalidParameter("Invalid phone number format.");
    }
  }

  private static void requireNone(List<String> reasons) {
    if (!reasons.isEmpty()) {
      throw CognitoErrors.invalidParameter(
          "Attributes did not conform to the schema: " + String.join("\n", reasons) + "\n");
    }
  }
}
