// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.data.Change;
import dev.syncline.sim.services.dynamodb.data.Keys;
import dev.syncline.sim.services.dynamodb.data.TableData;
import dev.syncline.sim.services.dynamodb.streams.StreamSwitch;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes of several items, in one or several tables: all of them or none. Used once, by one thread.
 */
final class Transaction {
  static final String TWICE = "Transaction request cannot include multiple operations on one item";

  private final List<ItemWrite> writes;
  private final List<Table> tables = new ArrayList<>();
  private final List<Item> keys = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  /**
   * Looks up tables and keys.
   *
   * @throws AwsException {@code ResourceNotFoundException}, or {@code TransactionCanceledException}
   *     for a key that does not fit
   * @throws ValidationFault when two writes are for one item
   */
  Transaction(TableStore store, List<? extends ItemWrite> writes) {
    this.writes = List.copyOf(writes);
    for (ItemWrite write : writes) {
      tables.add(store.require(write.table()));
    }
    var reasons = new CancellationReasons(writes.size());
    var seen = new HashSet<Map.Entry<Table, Item>>();
    boolean twice = false;
    for (int i = 0; i < writes.size(); i++) {
      Item key = Item.EMPTY;
      try {
        key = writes.get(i).key(tables.get(i));
        twice |= !seen.add(Map.entry(tables.get(i), key));
      } catch (ValidationFault fault) {
        throwIfEmptyKey(fault);
        reasons.validationError(i, fault);
      }
      keys.add(key);
    }
    if (twice) {
      throw ValidationFault.bare(TWICE);
    }
    reasons.throwIfAny();
  }

  /**
   * Makes the writes.
   *
   * @param streams where all their records become visible at one moment
   * @return this, for {@link #report}
   * @throws AwsException {@code TransactionCanceledException}; nothing has changed then
   */
  Transaction commit(StreamSwitch streams) {
    List<TableData> locked = tables.stream().map(Table::data).distinct().toList();
    return TableData.locked(
        locked,
        () -> {
          List<@Nullable Item> afters = check();
          return streams.together(
              () -> {
                apply(afters);
                return this;
              });
        });
  }

  /** The items afterwards, if every condition holds. */
  private List<@Nullable Item> check() {
    var befores = new ArrayList<@Nullable Item>();
    var failed = new CancellationReasons(writes.size());
    for (int i = 0; i < writes.size(); i++) {
      ItemWrite write = writes.get(i);
      Item before = tables.get(i).data().get(keys.get(i));
      befores.add(before);
      if (write instanceof ItemWrite.Insert && before != null) {
        failed.duplicateItem(i);
      } else if (write.condition() != null
          && !write.condition().test(before == null ? Item.EMPTY : before)) {
        failed.conditionFailed(i, write.returnsItemOnFailure() ? before : null);
      }
    }
    failed.throwIfAny();
    var afters = new ArrayList<@Nullable Item>();
    for (int i = 0; i < writes.size(); i++) {
      Item after = null;
      try {
        after = writes.get(i).apply(tables.get(i), keys.get(i), befores.get(i));
      } catch (ValidationFault fault) {
        throwIfEmptyKey(fault);
        failed.validationError(i, fault);
      }
      afters.add(after);
    }
    failed.throwIfAny();
    return afters;
  }

  /** An empty key refuses the whole request. */
  static void throwIfEmptyKey(ValidationFault fault) {
    if (Keys.isEmptyKey(fault)) {
      throw fault;
    }
  }

  private void apply(List<@Nullable Item> afters) {
    for (int i = 0; i < writes.size(); i++) {
      Item after = afters.get(i);
      changes.add(tables.get(i).data().write(keys.get(i), before -> after));
    }
  }

  /** The answer to the request that made the writes. */
  ObjectNode report(CapacityReport capacity) {
    ObjectNode answer = Json.object();
    for (int i = 0; i < changes.size(); i++) {
      String name = writes.get(i).table();
      if (writes.get(i) instanceof ItemWrite.Check) {
        capacity.of(name).addConditionCheck(changes.get(i).after());
      } else {
        capacity.of(name).addTransactionWrite(changes.get(i));
        capacity.changed(name, tables.get(i), keys.get(i));
      }
    }
    capacity.writeAll(answer);
    return answer;
  }

  /** What a repeated request reads. */
  List<TransactionTokens.Read> reads() {
    var reads = new ArrayList<TransactionTokens.Read>();
    for (int i = 0; i < changes.size(); i++) {
      reads.add(new TransactionTokens.Read(writes.get(i).table(), changes.get(i).after()));
    }
    return List.copyOf(reads);
  }

  /** The answer to a repeated request: it only reads. */
  static ObjectNode replay(List<TransactionTokens.Read> reads, CapacityReport capacity) {
    ObjectNode answer = Json.object();
    for (TransactionTokens.Read read : reads) {
      capacity.of(read.table()).addTransactionGet(read.item());
    }
    capacity.writeAll(answer);
    return answer;
  }
}
