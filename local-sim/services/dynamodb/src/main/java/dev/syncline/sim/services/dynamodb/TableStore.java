// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.Arn;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The tables by name. Thread-safe. */
final class TableStore {
  private final String arnPrefix;
  private final ConcurrentSkipListMap<String, Table> tables = new ConcurrentSkipListMap<>();

  TableStore(String account, String region) {
    this.arnPrefix = new Arn("aws", "dynamodb", region, account, "table/").toString();
  }

  /** The ARN of a table of this account and region. */
  String arn(String name) {
    return arnPrefix + name;
  }

  /**
   * Adds a table.
   *
   * @throws dev.syncline.sim.service.AwsException when there is one of that name
   */
  void add(Table table) {
    if (tables.putIfAbsent(table.name(), table) != null) {
      throw DynamoDbErrors.tableExists(table.name());
    }
  }

  void remove(Table table) {
    tables.remove(table.name(), table);
  }

  /**
   * The table for an operation on items: one that is being created or deleted is not there.
   *
   * @param nameOrArn the table's name or ARN
   * @throws dev.syncline.sim.service.AwsException in the words of item operations
   */
  Table require(String nameOrArn) {
    Table table = find(nameOrArn);
    if (table == null || !table.isUsable()) {
      throw DynamoDbErrors.itemTableNotFound();
    }
    return table;
  }

  /**
   * The table for an operation on tables.
   *
   * @throws dev.syncline.sim.service.AwsException with the table's name
   */
  Table described(String nameOrArn) {
    Table table = find(nameOrArn);
    if (table == null) {
      throw DynamoDbErrors.tableNotFound(nameOf(nameOrArn));
    }
    return table;
  }

  /** The table by name or ARN; null without such a table. */
  @Nullable Table find(String nameOrArn) {
    return nameOrArn.startsWith("arn:") && !nameOrArn.startsWith(arnPrefix)
        ? null
        : tables.get(nameOf(nameOrArn));
  }

  /** The name in an ARN; a name as it is. */
  String nameOf(String nameOrArn) {
    return nameOrArn.startsWith(arnPrefix) ? nameOrArn.substring(arnPrefix.length()) : nameOrArn;
  }

  /** Every table in order of name. */
  Collection<Table> all() {
    return List.copyOf(tables.values());
  }

  /** The names after {@code start}, in order; null for all. */
  Collection<String> names(@Nullable String start) {
    return List.copyOf(start == null ? tables.keySet() : tables.tailMap(start, false).keySet());
  }
}
