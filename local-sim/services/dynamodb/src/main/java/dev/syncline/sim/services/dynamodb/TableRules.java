// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.Input;
import dev.syncline.sim.services.dynamodb.data.IndexSchema;
import dev.syncline.sim.services.dynamodb.data.KeyAttribute;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.data.Projection;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads the keys and indexes of a new table, and refuses them in the order and words of AWS.
 * Source: recordings of AWS.
 */
final class TableRules {
  private static final int MAX_LOCAL = 5;
  private static final int MAX_GLOBAL = 20;
  private static final int MAX_PROJECTED = 100;
  private static final int MAX_PARTS = 4;
  private static final String SAME_NAME =
      "Both the Hash Key and the Range Key element in the KeySchema have the same name";

  private TableRules() {}

  /** The types of attributes by name, in the order given. */
  static Map<String, AttributeType> definitions(Input input) {
    var attributes = new LinkedHashMap<String, AttributeType>();
    for (Input definition : input.structures("AttributeDefinitions")) {
      String name = definition.requiredText("AttributeName");
      AttributeType type = AttributeType.valueOf(definition.requiredText("AttributeType"));
      AttributeType other = attributes.putIfAbsent(name, type);
      if (other != null) {
        throw DynamoDbErrors.invalidParameter(
            "Cannot have two AttributeDefinitions with the same attribute name: " + name);
      }
    }
    return attributes;
  }

  /** The key of the table. */
  static KeySchema tableKey(Input input, Map<String, AttributeType> attributes) {
    List<Input> elements = input.structures("KeySchema");
    if (elements.size() > attributes.size()) {
      throw DynamoDbErrors.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    KeySchema key = key(elements, attributes, false);
    boolean indexed = input.has("LocalSecondaryIndexes") || input.has("GlobalSecondaryIndexes");
    if (!indexed && elements.size() != attributes.size()) {
      throw DynamoDbErrors.invalidParameter(
          "Number of attributes in KeySchema does not exactly match number of attributes defined"
              + " in AttributeDefinitions");
    }
    return key;
  }

  /**
   * A key, whose attributes are defined.
   *
   * @param composite whether it may have several hash and range attributes
   */
  private static KeySchema key(
      List<Input> elements, Map<String, AttributeType> attributes, boolean composite) {
    List<String> names =
        elements.stream().map(element -> element.requiredText("AttributeName")).toList();
    if (!attributes.keySet().containsAll(names)) {
      throw DynamoDbErrors.invalidParameter(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + attributes.keySet());
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw DynamoDbErrors.validation(SAME_NAME);
    }
    var hash = new ArrayList<KeyAttribute>();
    var range = new ArrayList<KeyAttribute>();
    for (Input element : elements) {
      String name = element.requiredText("AttributeName");
      var attribute = new KeyAttribute(name, Objects.requireNonNull(attributes.get(name)));
      boolean isHash = element.requiredText("KeyType").equals("HASH");
      if (hash.isEmpty() && !isHash) {
        throw DynamoDbErrors.validation(
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
      }
      if (isHash && !hash.isEmpty() && !composite) {
        throw DynamoDbErrors.validation(
            "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
      }
      if (isHash && !range.isEmpty()) {
        throw DynamoDbErrors.validation(
            "Invalid KeySchema: All HASH KeySchemaElements must precede the RANGE"
                + " KeySchemaElements");
      }
      (isHash ? hash : range).add(attribute);
    }
    if (hash.size() > MAX_PARTS || range.size() > MAX_PARTS) {
      throw DynamoDbErrors.validation(
          "Invalid KeySchema: The number of "
              + (hash.size() > MAX_PARTS ? "HASH" : "RANGE")
              + " KeySchemaElements exceeds the limit of "
              + MAX_PARTS);
    }
    return new KeySchema(hash, range);
  }

  /** The local and global indexes of a new table; their throughput is checked elsewhere. */
  static List<IndexSchema> indexes(
      Input input, KeySchema table, Map<String, AttributeType> attributes) {
    var names = new HashSet<String>();
    var all = new ArrayList<IndexSchema>();
    if (input.has("LocalSecondaryIndexes")) {
      local(input, table, attributes, names, all);
    }
    if (input.has("GlobalSecondaryIndexes")) {
      List<Input> globals = input.structures("GlobalSecondaryIndexes");
      requireAny("GlobalSecondaryIndexes", globals);
      for (Input index : globals) {
        all.add(global(index, attributes));
        requireNewName(index, names);
      }
      requireCount(globals.size());
    }
    requireUsed(attributes, table, all);
    requireProjected(all);
    return all;
  }

  private static void local(
      Input input,
      KeySchema table,
      Map<String, AttributeType> attributes,
      Set<String> names,
      List<IndexSchema> all) {
    List<Input> locals = input.structures("LocalSecondaryIndexes");
    requireAny("LocalSecondaryIndexes", locals);
    if (table.range().isEmpty()) {
      throw DynamoDbErrors.invalidParameter(
          "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    for (Input index : locals) {
      String name = index.requiredText("IndexName");
      KeySchema key = key(index.structures("KeySchema"), attributes, false);
      if (key.range().isEmpty()) {
        throw DynamoDbErrors.invalidParameter(
            "Index KeySchema does not have a range key for index: " + name);
      }
      String hash = key.hash().get(0).name();
      String tableHash = table.hash().get(0).name();
      if (!hash.equals(tableHash)) {
        throw DynamoDbErrors.invalidParameter(
            "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                + name
                + ". index hash key: "
                + hash
                + ", table hash key: "
                + tableHash);
      }
      all.add(new IndexSchema(name, key, projection(index), false));
      requireNewName(index, names);
    }
    if (locals.size() > MAX_LOCAL) {
      throw DynamoDbErrors.invalidParameter(
          "Number of LocalSecondaryIndexes exceeds per-table limit of " + MAX_LOCAL);
    }
  }

  /** A global index, of a new table or of one that exists. */
  static IndexSchema global(Input index, Map<String, AttributeType> attributes) {
    return new IndexSchema(
        index.requiredText("IndexName"),
        key(index.structures("KeySchema"), attributes, true),
        projection(index),
        true);
  }

  private static void requireAny(String member, List<Input> indexes) {
    if (indexes.isEmpty()) {
      throw DynamoDbErrors.invalidParameter("List of " + member + " is empty");
    }
  }

  private static void requireNewName(Input index, Set<String> names) {
    String name = index.requiredText("IndexName");
    if (!names.add(name)) {
      throw DynamoDbErrors.invalidParameter("Duplicate index name: " + name);
    }
  }

  /** Refuses more global indexes than a table may have. */
  static void requireCount(int globals) {
    if (globals > MAX_GLOBAL) {
      throw DynamoDbErrors.invalidParameter(
          "GlobalSecondaryIndex count exceeds the per-table limit of " + MAX_GLOBAL);
    }
  }

  private static Projection projection(Input index) {
    Input given = index.structure("Projection").orElseThrow();
    String type = given.text("ProjectionType").orElse("");
    if (type.isEmpty()) {
      throw DynamoDbErrors.invalidParameter("Unknown ProjectionType: null");
    }
    boolean include = type.equals("INCLUDE");
    if (given.has("NonKeyAttributes") != include) {
      throw DynamoDbErrors.invalidParameter(
          "ProjectionType is "
              + type
              + ", but NonKeyAttributes is "
              + (include ? "not specified" : "specified"));
    }
    return new Projection(Projection.Type.valueOf(type), given.texts("NonKeyAttributes"));
  }

  private static void requireUsed(
      Map<String, AttributeType> attributes, KeySchema table, List<IndexSchema> indexes) {
    if (indexes.isEmpty()) {
      return;
    }
    var used = new LinkedHashSet<String>();
    table.all().forEach(attribute -> used.add(attribute.name()));
    indexes.forEach(index -> index.key().all().forEach(attribute -> used.add(attribute.name())));
    if (!used.containsAll(attributes.keySet())) {
      throw DynamoDbErrors.invalidParameter(
          "Some AttributeDefinitions are not used. AttributeDefinitions: "
              + attributes.keySet()
              + ", keys used: "
              + used);
    }
  }

  /** Refuses more projected attributes than the indexes of a table may have in all. */
  static void requireProjected(List<IndexSchema> indexes) {
    int projected =
        indexes.stream().mapToInt(index -> index.projection().nonKeyAttributes().size()).sum();
    if (projected > MAX_PROJECTED) {
      throw DynamoDbErrors.invalidParameter(
          "The number of NonKeyAttributes of all indexes exceeds the per-table limit of "
              + MAX_PROJECTED);
    }
  }
}
