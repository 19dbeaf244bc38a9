// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The capacity that a request has consumed on one table, in the units of DynamoDB: a read unit is 4
 * KB read consistently, a write unit 1 KB written. Not thread-safe.
 */
public final class Capacity {
  /** What ReturnConsumedCapacity asks for. */
  public enum Detail {
    INDEXES,
    TOTAL,
    NONE
  }

  /** The partitions that a scan of a small table on demand visits, one unit each; observed. */
  public static final int ON_DEMAND_PARTITIONS = 4;

  private static final long READ_BYTES = 4096;
  private static final long WRITE_BYTES = 1024;
  private static final double TRANSACTION_FACTOR = 2;
  private static final double EVENTUAL_FACTOR = 0.5;

  /** Units of the table or an index. */
  private static final class Arm {
    private double read;
    private double write;

    private double sum() {
      return read + write;
    }
  }

  private final String table;
  private final Arm own = new Arm();
  private final Map<String, Arm> globals = new TreeMap<>();
  private final Map<String, Arm> locals = new TreeMap<>();
  private boolean tableUsed;
  private boolean transaction;

  /** Nothing yet, on the table with this name or ARN. */
  public Capacity(String table) {
    this.table = table;
  }

  /** GetItem, or one key of BatchGetItem; null for a miss, which counts as 1 block. */
  public void addGet(@Nullable Item item, boolean consistent) {
    addTableRead(readBlocks(size(item)) * factor(consistent));
  }

  /** One item of TransactGetItems, or of a transaction's replay by its token. */
  public void addTransactionGet(@Nullable Item item) {
    transaction = true;
    addTableRead(readBlocks(size(item)) * TRANSACTION_FACTOR);
  }

  /** A page of a query. */
  public void addQuery(QueryPage page, boolean consistent) {
    addPage(page, consistent, 1);
  }

  /**
   * A page of a scan.
   *
   * @param onDemand whether the table is billed on demand: then a scan consumes at least {@link
   *     #ON_DEMAND_PARTITIONS} blocks
   */
  public void addScan(QueryPage page, boolean consistent, boolean onDemand) {
    addPage(page, consistent, onDemand ? ON_DEMAND_PARTITIONS : 1);
  }

  private void addPage(QueryPage page, boolean consistent, double minBlocks) {
    double units = Math.max(minBlocks, readBlocks(page.evaluatedBytes())) * factor(consistent);
    IndexLayout index = page.index();
    if (index == null) {
      addTableRead(units);
      return;
    }
    arm(index.schema()).read += units;
    if (page.fetchedBlocks() > 0) {
      addTableRead(page.fetchedBlocks() * factor(consistent));
    }
  }

  /** A write to one item, alone or in a batch. */
  public void addWrite(Change change) {
    addTableWrite(tableBlocks(change));
    addIndexWrites(change);
  }

  /** A write to one item in a transaction: doubled on the table, not on its indexes. */
  public void addTransactionWrite(Change change) {
    transaction = true;
    addTableWrite(tableBlocks(change) * TRANSACTION_FACTOR);
    addIndexWrites(change);
  }

  /** A condition check of a transaction, on this item. */
  public void addConditionCheck(@Nullable Item item) {
    transaction = true;
    addTableWrite(writeBlocks(size(item)) * TRANSACTION_FACTOR);
  }

  private static double tableBlocks(Change change) {
    return writeBlocks(Math.max(size(change.before()), size(change.after())));
  }

  private void addIndexWrites(Change change) {
    if (!change.changed()) {
      return;
    }
    for (IndexLayout index : change.indexes()) {
      double blocks = indexBlocks(index, change.before(), change.after());
      if (blocks > 0) {
        arm(index.schema()).write += blocks;
      }
    }
  }

  /** An index is charged for the change of what it has of the item. */
  private static double indexBlocks(
      IndexLayout index, @Nullable Item before, @Nullable Item after) {
    byte[] oldKey = before == null ? null : index.key(before);
    byte[] newKey = after == null ? null : index.key(after);
    double oldBlocks = before == null || oldKey == null ? 0 : writeBlocks(index.size(before));
    double newBlocks = after == null || newKey == null ? 0 : writeBlocks(index.size(after));
    if (before == null || after == null || !Arrays.equals(oldKey, newKey)) {
      return oldBlocks + newBlocks;
    }
    return index.project(before).equals(index.project(after)) ? 0 : Math.max(oldBlocks, newBlocks);
  }

  private Arm arm(IndexSchema index) {
    return (index.global() ? globals : locals).computeIfAbsent(index.name(), name -> new Arm());
  }

  private void addTableRead(double units) {
    tableUsed = true;
    own.read += units;
  }

  private void addTableWrite(double units) {
    tableUsed = true;
    own.write += units;
  }

  private static double factor(boolean consistent) {
    return consistent ? 1 : EVENTUAL_FACTOR;
  }

  private static long size(@Nullable Item item) {
    return item == null ? 0 : Sizes.of(item);
  }

  private static double readBlocks(long bytes) {
    return Math.max(1, (bytes + READ_BYTES - 1) / READ_BYTES);
  }

  private static double writeBlocks(long bytes) {
    return Math.max(1, (bytes + WRITE_BYTES - 1) / WRITE_BYTES);
  }

  /** All units, of the table and its indexes. */
  public double units() {
    return total().sum();
  }

  private Arm total() {
    var total = new Arm();
    total.read = own.read;
    total.write = own.write;
    for (Map<String, Arm> arms : List.of(globals, locals)) {
      for (Arm arm : arms.values()) {
        total.read += arm.read;
        total.write += arm.write;
      }
    }
    return total;
  }

  /** The ConsumedCapacity member of a response; null when none is asked for. */
  public @Nullable ObjectNode toJson(Detail detail) {
    if (detail == Detail.NONE) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("TableName", table);
    put(json, total());
    if (detail == Detail.INDEXES) {
      if (tableUsed) {
        put(json.putObject("Table"), own);
      }
      put(json, "LocalSecondaryIndexes", locals);
      put(json, "GlobalSecondaryIndexes", globals);
    }
    return json;
  }

  private void put(ObjectNode json, String member, Map<String, Arm> arms) {
    if (!arms.isEmpty()) {
      ObjectNode indexes = json.putObject(member);
      arms.forEach((name, arm) -> put(indexes.putObject(name), arm));
    }
  }

  private void put(ObjectNode json, Arm arm) {
    json.put("CapacityUnits", arm.sum());
    if (transaction && arm.read > 0) {
      json.put("ReadCapacityUnits", arm.read);
    }
    if (transaction && arm.write > 0) {
      json.put("WriteCapacityUnits", arm.write);
    }
  }
}
