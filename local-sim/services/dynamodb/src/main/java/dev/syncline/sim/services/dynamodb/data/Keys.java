// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks keys and items against the key of a table and those of its indexes, in AWS's words.
 * Immutable.
 */
public final class Keys {
  /** The message for a key that does not fit the table. */
  public static final String NO_MATCH = "The provided key element does not match the schema";

  static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";
  private static final String EMPTY_KEY =
      "The AttributeValue for a key attribute cannot contain an empty ";
  private static final String UNSUPPORTED_UPDATE =
      NOT_VALID
          + "The update expression attempted to update a secondary index key to a value that is"
          + " not supported. ";

  private final KeySchema table;
  private final List<IndexSchema> indexes;

  /** For a table and its present indexes. */
  public Keys(KeySchema table, Collection<IndexSchema> indexes) {
    this.table = table;
    // AWS names the first index in the order of names.
    this.indexes = indexes.stream().sorted(Comparator.comparing(IndexSchema::name)).toList();
  }

  /** The table key of an item that has one. */
  public Item of(Item item) {
    return of(table, item);
  }

  static Item of(KeySchema schema, Item item) {
    var key = new LinkedHashMap<String, AttributeValue>();
    copy(schema.hash(), item, key);
    copy(schema.range(), item, key);
    return new Item(key);
  }

  private static void copy(
      List<KeyAttribute> attributes, Item item, Map<String, AttributeValue> key) {
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value != null) {
        key.put(attribute.name(), value);
      }
    }
  }

  /**
   * Checks an item that is put, in PutItem, a transaction or PartiQL: its key, then those of the
   * indexes.
   *
   * @throws ValidationFault bare
   */
  public void requireItem(Item item) {
    requireItem(item, false);
  }

  /**
   * Checks an item that BatchWriteItem puts, where a key that is missing or of a wrong type is
   * worded differently.
   *
   * @throws ValidationFault bare
   */
  public void requireBatchItem(Item item) {
    requireItem(item, true);
  }

  private void requireItem(Item item, boolean batch) {
    for (KeyAttribute attribute : table.all()) {
      AttributeValue value = item.get(attribute.name());
      if (batch && (value == null || value.type() != attribute.type())) {
        throw ValidationFault.bare(NO_MATCH);
      }
      if (value == null) {
        throw invalid("Missing the key " + attribute.name() + " in the item");
      }
      if (value.type() != attribute.type()) {
        throw invalid(
            "Type mismatch for key %s expected: %s actual: %s"
                .formatted(attribute.name(), attribute.type(), value.type()));
      }
      requireNotEmpty(attribute.name(), value);
    }
    requireSizes(table, item);
    for (IndexSchema index : indexes) {
      for (KeyAttribute attribute : index.key().all()) {
        AttributeValue value = item.get(attribute.name());
        if (value != null) {
          requireIndexType(index, attribute, value.type());
          if (KeyBytes.isEmpty(value)) {
            throw ValidationFault.bare(
                NOT_VALID
                    + "A value specified for a secondary index key is not supported. "
                    + emptySentence(value)
                    + " IndexName: %s, IndexKey: %s".formatted(index.name(), attribute.name()));
          }
        }
      }
      requireSizes(index.key(), item);
    }
  }

  /**
   * Checks a key that is looked up: exactly the attributes of the table's key.
   *
   * @throws ValidationFault bare
   */
  public void requireKey(Item key) {
    requireKey(table, key);
  }

  static void requireKey(KeySchema schema, Item key) {
    List<KeyAttribute> attributes = schema.all();
    if (key.attributes().size() != attributes.size()) {
      throw ValidationFault.bare(NO_MATCH);
    }
    attributes.forEach(attribute -> requireAttribute(attribute, key));
    requireSizes(schema, key);
  }

  /** Checks that one key attribute is there, of its type and not empty. */
  static void requireAttribute(KeyAttribute attribute, Item key) {
    AttributeValue value = key.get(attribute.name());
    if (value == null || value.type() != attribute.type()) {
      throw ValidationFault.bare(NO_MATCH);
    }
    requireNotEmpty(attribute.name(), value);
  }

  /**
   * Whether the fault is an empty key of a table or index: that refuses a whole transaction, while
   * others cancel it.
   */
  public static boolean isEmptyKey(ValidationFault fault) {
    return fault.text().contains(EMPTY_KEY);
  }

  /**
   * Refuses an update of the table's key.
   *
   * @param topLevel the names of the attributes that the update touches
   * @throws ValidationFault bare
   */
  public void requireKeyUntouched(Collection<String> topLevel) {
    for (KeyAttribute attribute : table.all()) {
      if (topLevel.contains(attribute.name())) {
        throw invalid(
            "Cannot update attribute " + attribute.name() + ". This attribute is part of the key");
      }
    }
  }

  /**
   * Refuses a path into a key attribute, which is always a scalar.
   *
   * @param parents the first names of the paths that have more than one step
   * @throws ValidationFault bare
   */
  public void requireScalarPaths(Collection<String> parents) {
    if (parents.isEmpty()) {
      return;
    }
    requireScalarPaths(table, "Key", parents);
    indexes.forEach(index -> requireScalarPaths(index.key(), "IndexKey", parents));
  }

  private static void requireScalarPaths(
      KeySchema schema, String label, Collection<String> parents) {
    for (KeyAttribute attribute : schema.all()) {
      if (parents.contains(attribute.name())) {
        throw ValidationFault.bare(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                + " allowed: %s: %s".formatted(label, attribute.name()));
      }
    }
  }

  /**
   * Checks the types that an update gives to index keys for any item, before the item is read.
   *
   * @throws ValidationFault bare
   */
  public void requireIndexKeyTypes(Map<String, AttributeType> types) {
    for (IndexSchema index : indexes) {
      for (KeyAttribute attribute : index.key().all()) {
        AttributeType type = types.get(attribute.name());
        if (type != null) {
          requireIndexType(index, attribute, type);
        }
      }
    }
  }

  /**
   * Checks the index keys that an update has changed.
   *
   * @throws ValidationFault bare
   */
  public void requireUpdatedIndexKeys(@Nullable Item before, Item after) {
    for (IndexSchema index : indexes) {
      boolean changed = false;
      for (KeyAttribute attribute : index.key().all()) {
        AttributeValue value = after.get(attribute.name());
        if (value == null || (before != null && value.equals(before.get(attribute.name())))) {
          continue;
        }
        changed = true;
        if (value.type() != attribute.type()) {
          throw ValidationFault.bare(
              "The update expression attempted to update the secondary index key to unsupported"
                  + " type");
        }
        if (KeyBytes.isEmpty(value)) {
          throw ValidationFault.bare(UNSUPPORTED_UPDATE + emptySentence(value));
        }
      }
      if (changed
          && (size(index.key().hash(), after) > KeyBytes.MAX_HASH_KEY_BYTES
              || size(index.key().range(), after) > KeyBytes.MAX_RANGE_KEY_BYTES)) {
        throw ValidationFault.bare(
            "The update expression attempted to update the secondary index key beyond allowed size"
                + " limits");
      }
    }
  }

  private static void requireIndexType(
      IndexSchema index, KeyAttribute attribute, AttributeType type) {
    if (type != attribute.type()) {
      throw invalid(
          "Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s"
              .formatted(attribute.name(), attribute.type(), type, index.name()));
    }
  }

  static void requireNotEmpty(String name, AttributeValue value) {
    if (KeyBytes.isEmpty(value)) {
      throw ValidationFault.bare(NOT_VALID + emptySentence(value) + " Key: " + name);
    }
  }

  private static String emptySentence(AttributeValue value) {
    return EMPTY_KEY + (value.type() == AttributeType.S ? "string" : "binary") + " value.";
  }

  /** Checks the sizes of the attributes of a key that are there. */
  static void requireSizes(KeySchema schema, Item item) {
    requireHashSize(size(schema.hash(), item));
    requireRangeSize(size(schema.range(), item));
  }

  static void requireHashSize(long bytes) {
    if (bytes > KeyBytes.MAX_HASH_KEY_BYTES) {
      // The missing space is AWS's.
      throw invalid("Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
  }

  static void requireRangeSize(long bytes) {
    if (bytes > KeyBytes.MAX_RANGE_KEY_BYTES) {
      throw invalid("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }

  private static long size(List<KeyAttribute> attributes, Item item) {
    long bytes = 0;
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      bytes += value == null ? 0 : Sizes.of(value);
    }
    return bytes;
  }

  static ValidationFault invalid(String sentence) {
    return ValidationFault.bare(INVALID + sentence);
  }
}
