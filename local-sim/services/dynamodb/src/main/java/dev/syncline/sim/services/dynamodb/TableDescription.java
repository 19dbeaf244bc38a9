// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.data.IndexSchema;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table without its rows, as it is at one moment. Immutable; it is also the saved form.
 *
 * @param id a UUID
 * @param status {@code CREATING}, {@code UPDATING}, {@code DELETING} or {@code ACTIVE}
 * @param attributes the types of the key attributes of table and indexes, in the order given
 * @param indexes local and global ones, in the order given
 */
record TableDescription(
    String name,
    String arn,
    String id,
    Instant created,
    String status,
    Map<String, AttributeType> attributes,
    KeySchema key,
    List<TableIndex> indexes,
    Billing billing,
    Options options) {
  static final String ACTIVE = "ACTIVE";
  static final String CREATING = "CREATING";
  static final String UPDATING = "UPDATING";
  static final String DELETING = "DELETING";

  /**
   * How the table is paid for.
   *
   * @param onDemand {@code PAY_PER_REQUEST}, otherwise {@code PROVISIONED}
   * @param lastOnDemand when it last became on demand; null if never
   */
  record Billing(boolean onDemand, Throughput throughput, @Nullable Instant lastOnDemand) {
    Billing withThroughput(Throughput newThroughput) {
      return new Billing(onDemand, newThroughput, lastOnDemand);
    }
  }

  /**
   * Encryption by a key of KMS.
   *
   * @param keyArn the key's ARN
   */
  record Encryption(String keyArn) {}

  /**
   * A table's newest stream.
   *
   * @param label the last part of its ARN
   * @param viewType null while the stream is off
   */
  record LatestStream(String label, @Nullable String viewType) {}

  /**
   * What a table was restored from.
   *
   * @param backupArn null for a restore to a point in time
   */
  record Restored(String sourceTableArn, @Nullable String backupArn, Instant time) {}

  /**
   * The other settings.
   *
   * @param stream null until a stream is enabled for the first time
   * @param encryption null for AWS's own key
   * @param tableClass null until it is set
   * @param restored null unless the table comes from a backup
   */
  record Options(
      @Nullable LatestStream stream,
      @Nullable Encryption encryption,
      @Nullable String tableClass,
      boolean deletionProtected,
      @Nullable Restored restored) {
    static final Options NONE = new Options(null, null, null, false, null);

    Options withStream(@Nullable LatestStream newStream) {
      return new Options(newStream, encryption, tableClass, deletionProtected, restored);
    }

    Options withEncryption(@Nullable Encryption newEncryption) {
      return new Options(stream, newEncryption, tableClass, deletionProtected, restored);
    }

    Options withTableClass(@Nullable String newClass) {
      return new Options(stream, encryption, newClass, deletionProtected, restored);
    }

    Options withDeletionProtected(boolean isProtected) {
      return new Options(stream, encryption, tableClass, isProtected, restored);
    }

    Options withRestored(Restored from) {
      return new Options(stream, encryption, tableClass, deletionProtected, from);
    }
  }

  /** Copies the collections. */
  TableDescription {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    indexes = List.copyOf(indexes);
  }

  Optional<TableIndex> index(String indexName) {
    return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
  }

  List<TableIndex> indexes(boolean global) {
    return indexes.stream().filter(index -> index.schema().global() == global).toList();
  }

  List<IndexSchema> schemas() {
    return indexes.stream().map(TableIndex::schema).toList();
  }

  /** The ARN of the newest stream; null until one is enabled. */
  @Nullable String latestStreamArn() {
    LatestStream stream = options.stream();
    return stream == null ? null : arn + "/stream/" + stream.label();
  }

  /** The view type of the enabled stream; null without one. */
  @Nullable String streamViewType() {
    LatestStream stream = options.stream();
    return stream == null ? null : stream.viewType();
  }

  TableDescription withStatus(String newStatus) {
    return new TableDescription(
        name, arn, id, created, newStatus, attributes, key, indexes, billing, options);
  }

  TableDescription withBilling(Billing newBilling) {
    return new TableDescription(
        name, arn, id, created, status, attributes, key, indexes, newBilling, options);
  }

  TableDescription withOptions(Options newOptions) {
    return new TableDescription(
        name, arn, id, created, status, attributes, key, indexes, billing, newOptions);
  }

  TableDescription withIndexes(
      Map<String, AttributeType> newAttributes, List<TableIndex> newIndexes) {
    return new TableDescription(
        name, arn, id, created, status, newAttributes, key, newIndexes, billing, options);
  }

  /** The same without the definitions of attributes that are in no key. */
  TableDescription withUsedAttributes() {
    var used = new LinkedHashMap<>(attributes);
    used.keySet().removeIf(attribute -> !isKey(attribute));
    return withIndexes(used, indexes);
  }

  private boolean isKey(String attribute) {
    return key.has(attribute)
        || indexes.stream().anyMatch(index -> index.schema().key().has(attribute));
  }

  /** The same with one index changed. */
  TableDescription withIndex(String indexName, UnaryOperator<TableIndex> change) {
    return withIndexes(
        attributes,
        indexes.stream()
            .map(index -> index.name().equals(indexName) ? change.apply(index) : index)
            .toList());
  }
}
