// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.dynamodb.data.ChangeListener;
import dev.syncline.sim.services.dynamodb.data.TableData;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table: its description, its features and its rows. Thread-safe; descriptions and features are
 * immutable snapshots, the rows have their own lock.
 */
final class Table {
  private final TableData data;
  private final ChangeListener stream;
  private volatile TableDescription description;
  private volatile TableFeatures features;
  private volatile Runnable expiry = () -> {};

  /**
   * A table without rows.
   *
   * @param stream hears of every change of a row
   */
  Table(TableDescription description, TableFeatures features, ChangeListener stream) {
    this.stream = stream;
    this.description = description;
    this.features = features;
    this.data = new TableData(description.key(), description.schemas(), this::changed);
  }

  private void changed(Item key, @Nullable Item before, @Nullable Item after, boolean expired) {
    stream.changed(key, before, after, expired);
    String attribute = features.timeToLive().expiring();
    if (attribute != null && after != null && after.get(attribute) != null) {
      expiry.run();
    }
  }

  String name() {
    return description.name();
  }

  String arn() {
    return description.arn();
  }

  /** The rows. */
  TableData data() {
    return data;
  }

  /** The description at this moment. */
  TableDescription description() {
    return description;
  }

  /** The features at this moment. */
  TableFeatures features() {
    return features;
  }

  /** Whether its rows can be read and written. */
  boolean isUsable() {
    String status = description.status();
    return !status.equals(TableDescription.CREATING) && !status.equals(TableDescription.DELETING);
  }

  /** The description as AWS answers it, with counts as they are now. */
  ObjectNode json(Instant now) {
    return DescriptionJson.write(description, this::counts, now);
  }

  private DescriptionJson.Counts counts(String index) {
    return index.isEmpty()
        ? new DescriptionJson.Counts(data.itemCount(), data.sizeBytes())
        : new DescriptionJson.Counts(data.itemCount(index), data.sizeBytes(index));
  }

  /** The index; empty if the table has none of that name. */
  Optional<TableIndex> index(String indexName) {
    return description.index(indexName);
  }

  /**
   * Refuses an index that is being filled; an unknown one is the rows' to refuse.
   *
   * @param indexName null for the table itself
   */
  void requireReadable(@Nullable String indexName) {
    if (indexName != null && index(indexName).filter(TableIndex::backfilling).isPresent()) {
      throw DynamoDbErrors.validation(
          "Cannot read from backfilling global secondary index: " + indexName);
    }
  }

  /** Changes the description; the change may throw. */
  synchronized TableDescription describe(UnaryOperator<TableDescription> change) {
    description = change.apply(description);
    return description;
  }

  /** Changes the features; the change may throw. */
  synchronized TableFeatures feature(UnaryOperator<TableFeatures> change) {
    features = change.apply(features);
    return features;
  }

  /** Calls back after a write of an item that may expire. Runs under the rows' lock. */
  void onExpiring(Runnable callback) {
    expiry = callback;
  }
}
