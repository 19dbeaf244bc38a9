// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an index has of the items of its table. Immutable. */
public final class IndexLayout {
  private final IndexSchema schema;
  private final KeySchema table;
  private final Set<String> keyNames = new LinkedHashSet<>();
  private final Set<String> names;

  IndexLayout(IndexSchema schema, KeySchema table) {
    this.schema = schema;
    this.table = table;
    table.all().forEach(attribute -> keyNames.add(attribute.name()));
    schema.key().all().forEach(attribute -> keyNames.add(attribute.name()));
    names = new LinkedHashSet<>(keyNames);
    names.addAll(schema.projection().nonKeyAttributes());
  }

  /** Its definition. */
  public IndexSchema schema() {
    return schema;
  }

  /** Whether it has whole items. */
  public boolean hasAll() {
    return schema.projection().type() == Projection.Type.ALL;
  }

  /** Whether it has the attribute of each of its items. */
  public boolean projects(String attribute) {
    return hasAll() || names.contains(attribute);
  }

  /**
   * Refuses the filter of a query on attributes that the index does not have; a scan takes it.
   *
   * @throws ValidationFault bare
   */
  public void requireFilter(Collection<String> attributes) {
    List<String> missing = attributes.stream().filter(name -> !projects(name)).toList();
    if (!missing.isEmpty()) {
      throw Keys.invalid(
          "Secondary index "
              + schema.name()
              + " does not project one or more filter attributes: "
              + missing);
    }
  }

  /** Refuses columns that a global index does not have: it cannot fetch them. */
  void requireColumns(ReadOptions.Columns columns) {
    if (!schema.global() || hasAll()) {
      return;
    }
    switch (columns) {
      case ReadOptions.Columns.Projected projected -> {
        // Always served.
      }
      case ReadOptions.Columns.All all ->
          throw Keys.invalid(
              "Select type ALL_ATTRIBUTES is not supported for global secondary index "
                  + schema.name()
                  + " because its projection type is not ALL");
      case ReadOptions.Columns.Named named -> {
        List<String> missing = named.names().stream().filter(name -> !projects(name)).toList();
        if (!missing.isEmpty()) {
          throw Keys.invalid(
              "Global secondary index " + schema.name() + " does not project " + missing);
        }
      }
    }
  }

  /** What it has of the item. */
  public Item project(Item item) {
    if (hasAll()) {
      return item;
    }
    var kept = new LinkedHashMap<String, AttributeValue>();
    for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
      if (names.contains(attribute.getKey())) {
        kept.put(attribute.getKey(), attribute.getValue());
      }
    }
    return new Item(kept);
  }

  /** The size of what it has of the item, in bytes. */
  public long size(Item item) {
    if (hasAll()) {
      return Sizes.of(item);
    }
    long bytes = 0;
    for (String name : names) {
      AttributeValue value = item.get(name);
      if (value != null) {
        bytes += Sizes.ofAttribute(name, value);
      }
    }
    return bytes;
  }

  /** Whether the item belongs into the index: it has all key attributes, and they are valid. */
  public boolean contains(Item item) {
    return key(item) != null;
  }

  /** The names of the index's key attributes and of the table's, the table's first. */
  Set<String> keyNames() {
    return keyNames;
  }

  byte @Nullable [] key(Item item) {
    return KeyBytes.ofIndex(schema.key(), table, item);
  }
}
