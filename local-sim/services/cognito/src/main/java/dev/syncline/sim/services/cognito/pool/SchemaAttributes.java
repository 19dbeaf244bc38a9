// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The schema of a pool: AWS's standard attributes and the pool's own. Orders and constraints as
 * recorded. Stateless.
 */
public final class SchemaAttributes {
  /** The member of a pool's settings. */
  public static final String MEMBER = "SchemaAttributes";

  /** How many attributes of its own a pool may have. */
  public static final int MAX_CUSTOM = 50;

  private static final String DATA_TYPE = "AttributeDataType";
  private static final String STRING_CONSTRAINTS = "StringAttributeConstraints";
  private static final String NUMBER_CONSTRAINTS = "NumberAttributeConstraints";

  private static final List<String> STANDARD =
      List.of(
          "sub",
          "name",
          "given_name",
          "family_name",
          "middle_name",
          "nickname",
          "preferred_username",
          "profile",
          "picture",
          "website",
          "email",
          "email_verified",
          "gender",
          "birthdate",
          "zoneinfo",
          "locale",
          "phone_number",
          "phone_number_verified",
          "address",
          "updated_at");

  /** The order of DescribeUserPool; custom attributes follow. */
  private static final List<String> DESCRIBED =
      List.of(
          "profile",
          "address",
          "birthdate",
          "gender",
          "preferred_username",
          "updated_at",
          "website",
          "picture",
          "identities",
          "sub",
          "phone_number",
          "phone_number_verified",
          "zoneinfo",
          "locale",
          "email",
          "email_verified",
          "given_name",
          "family_name",
          "middle_name",
          "name",
          "nickname");

  private static final Set<String> BOOLEANS = Set.of("email_verified", "phone_number_verified");

  private SchemaAttributes() {}

  /** Whether AWS has an attribute of that name in every pool. */
  public static boolean isStandard(String name) {
    return STANDARD.contains(name);
  }

  /** The attributes of a new pool without a schema of its own, by name. */
  public static Map<String, ObjectNode> standard() {
    var all = new LinkedHashMap<String, ObjectNode>();
    STANDARD.forEach(name -> all.put(name, standard(name)));
    return all;
  }

  /** A standard attribute as a pool without a schema of its own has it. */
  public static ObjectNode standard(String name) {
    boolean sub = name.equals("sub");
    String type =
        BOOLEANS.contains(name) ? "Boolean" : name.equals("updated_at") ? "Number" : "String";
    ObjectNode attribute = attribute(name, type, !sub, sub);
    switch (type) {
      case "String" -> {
        boolean date = name.equals("birthdate");
        attribute
            .putObject(STRING_CONSTRAINTS)
            .put("MinLength", sub ? "1" : date ? "10" : "0")
            .put("MaxLength", date ? "10" : "2048");
      }
      case "Number" -> attribute.putObject(NUMBER_CONSTRAINTS).put("MinValue", "0");
      default -> {
        // Booleans have no constraints.
      }
    }
    return attribute;
  }

  private static ObjectNode attribute(String name, String type, boolean mutable, boolean required) {
    return Json.object()
        .put("Name", name)
        .put(DATA_TYPE, type)
        .put("DeveloperOnlyAttribute", false)
        .put("Mutable", mutable)
        .put("Required", required);
  }

  /** The attributes of a pool, by name, in the order of its creation. */
  public static Map<String, ObjectNode> of(UserPool pool) {
    var all = new LinkedHashMap<String, ObjectNode>();
    for (JsonNode attribute : pool.settings().path(MEMBER)) {
      all.put(attribute.path("Name").asText(), (ObjectNode) attribute);
    }
    return all.isEmpty() ? standard() : all;
  }

  /** The list as DescribeUserPool orders it, with {@code identities}. */
  public static ArrayNode described(UserPool pool) {
    Map<String, ObjectNode> rest = of(pool);
    ArrayNode list = Json.array();
    for (String name : DESCRIBED) {
      if (name.equals("identities")) {
        ObjectNode identities = attribute(name, "String", true, false);
        identities.putObject(STRING_CONSTRAINTS);
        list.add(identities);
      } else {
        ObjectNode known = rest.remove(name);
        if (known != null) {
          list.add(known);
        }
      }
    }
    rest.values().forEach(list::add);
    return list;
  }

  /**
   * Adds the attributes of a {@code Schema} or of {@code CustomAttributes}.
   *
   * @param all the attributes so far, by name; changed
   * @param standardAllowed whether an element may redefine a standard attribute
   */
  public static void add(
      Map<String, ObjectNode> all, Iterable<JsonNode> schema, boolean standardAllowed) {
    for (JsonNode element : schema) {
      String name = element.path("Name").asText();
      if (standardAllowed && isStandard(name)) {
        all.put(name, redefined(name, element));
        continue;
      }
      ObjectNode custom = custom(element);
      String customName = custom.path("Name").asText();
      if (all.containsKey(customName)) {
        throw CognitoErrors.invalidParameter(
            customName + ": Existing attribute already has name " + customName + ".");
      }
      all.put(customName, custom);
    }
    if (all.keySet().stream().filter(name -> name.contains(":")).count() > MAX_CUSTOM) {
      throw CognitoErrors.invalidParameter(
          "Number of custom attributes exceeds the limit " + MAX_CUSTOM + ".");
    }
  }

  private static ObjectNode redefined(String name, JsonNode element) {
    ObjectNode standard = standard(name);
    String given = element.path(DATA_TYPE).asText("");
    String expected = standard.path(DATA_TYPE).asText();
    if (!given.isEmpty() && !given.equals(expected)) {
      throw CognitoErrors.invalidParameter(
          "You can not change AttributeDataType or set developerOnlyAttribute for standard schema"
              + " attribute "
              + name);
    }
    if (element.path("DeveloperOnlyAttribute").asBoolean(false)) {
      throw CognitoErrors.invalidParameter(
          "You can not change AttributeDataType or set developerOnlyAttribute for standard schema"
              + " attribute "
              + name);
    }
    if (element.has("Mutable")) {
      standard.put("Mutable", element.path("Mutable").asBoolean());
    }
    if (element.has("Required")) {
      standard.put("Required", element.path("Required").asBoolean());
    }
    for (String constraints : List.of(STRING_CONSTRAINTS, NUMBER_CONSTRAINTS)) {
      if (element.hasNonNull(constraints) && standard.has(constraints)) {
        ((ObjectNode) standard.get(constraints)).setAll((ObjectNode) element.get(constraints));
      }
    }
    return standard;
  }

  private static ObjectNode custom(JsonNode element) {
    String name = element.path("Name").asText();
    if (name.isEmpty()) {
      throw CognitoErrors.invalidParameter("Attribute name must not be null.");
    }
    if (element.path("Required").asBoolean(false)) {
      throw CognitoErrors.invalidParameter(
          "Required custom attributes are not supported currently.");
    }
    boolean developer = element.path("DeveloperOnlyAttribute").asBoolean(false);
    String type = element.path(DATA_TYPE).asText("String");
    ObjectNode custom =
        Json.object()
            .put("Name", (developer ? "dev:custom:" : "custom:") + name)
            .put(DATA_TYPE, type)
            .put("DeveloperOnlyAttribute", developer)
            .put("Mutable", element.path("Mutable").asBoolean(false))
            .put("Required", false);
    switch (type) {
      case "String" -> custom.set(STRING_CONSTRAINTS, constraints(element, STRING_CONSTRAINTS));
      case "Number" -> custom.set(NUMBER_CONSTRAINTS, constraints(element, NUMBER_CONSTRAINTS));
      default -> {
        // Booleans and times have no constraints.
      }
    }
    return custom;
  }

  private static ObjectNode constraints(JsonNode element, String member) {
    return element.hasNonNull(member)
        ? ((ObjectNode) element.get(member)).deepCopy()
        : Json.object();
  }
}
