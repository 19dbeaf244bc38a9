// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.OrderedBytes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks a query or scan against the keys of the table and index, in AWS's order, and says which
 * keys are to be read.
 *
 * @param range what is left of it behind the start key
 * @param restartable whether a page of it may have a LastEvaluatedKey
 */
record ReadPlan(ByteRange range, boolean forward, boolean restartable) {
  private static final String INVALID_START = "The provided starting key is invalid";

  /**
   * Of a query.
   *
   * @throws ValidationFault bare
   */
  static ReadPlan of(KeySchema table, @Nullable IndexLayout index, QueryRequest request) {
    KeySchema schema = index == null ? table : index.schema().key();
    Item start = request.options().startKey();
    requireConsistency(index, request.options());
    var ranges = new KeyRanges(schema, request.condition());
    if (start != null && start.attributes().size() != keySize(table, index)) {
      throw ValidationFault.bare(INVALID_START);
    }
    for (KeyAttribute attribute : schema.all()) {
      if (start != null) {
        requireStartAttribute(attribute, start);
      }
      ranges.take(attribute);
    }
    ranges.requireAllTaken();
    ByteRange range = ranges.bytes();
    boolean single = index == null && schema.range().isEmpty();
    if (start == null) {
      return new ReadPlan(range, request.forward(), !single);
    }
    requireTablePart(table, start);
    if (single) {
      throw ValidationFault.bare(
          "The provided exclusive start key is invalid: ExclusiveStartKey: " + text(start));
    }
    byte[] key = startKey(table, index, start);
    requireWithin(ranges, range, schema, table, index, start);
    return new ReadPlan(range.beyond(key, request.forward()), request.forward(), true);
  }

  /**
   * Of a scan.
   *
   * @throws ValidationFault bare
   */
  static ReadPlan of(KeySchema table, @Nullable IndexLayout index, ScanRequest request) {
    Item start = request.options().startKey();
    requireConsistency(index, request.options());
    if (start != null && start.attributes().size() != keySize(table, index)) {
      throw ValidationFault.bare(
          index == null ? INVALID_START + ": " + Keys.NO_MATCH : INVALID_START);
    }
    if (start != null && index != null) {
      index.schema().key().all().forEach(attribute -> requireStartAttribute(attribute, start));
    }
    if (index != null) {
      index.requireColumns(request.options().columns());
    }
    ByteRange range =
        request.totalSegments() == 1
            ? ByteRange.ALL
            : ByteRange.segment(request.segment(), request.totalSegments());
    if (start == null) {
      return new ReadPlan(range, true, true);
    }
    requireTablePart(table, start);
    byte[] key = startKey(table, index, start);
    if (!range.contains(key)) {
      throw ValidationFault.bare(
          INVALID_START
              + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment."
              + " TotalSegments: %d Segment: %d"
                  .formatted(request.totalSegments(), request.segment()));
    }
    return new ReadPlan(range.beyond(key, true), true, true);
  }

  private static void requireConsistency(@Nullable IndexLayout index, ReadOptions options) {
    if (index != null && index.schema().global() && options.consistent()) {
      throw ValidationFault.bare("Consistent reads are not supported on global secondary indexes");
    }
  }

  private static int keySize(KeySchema table, @Nullable IndexLayout index) {
    return index == null ? table.all().size() : index.keyNames().size();
  }

  private static void requireStartAttribute(KeyAttribute attribute, Item start) {
    if (start.get(attribute.name()) == null) {
      throw ValidationFault.bare(INVALID_START);
    }
    Keys.requireAttribute(attribute, start);
  }

  private static void requireTablePart(KeySchema table, Item start) {
    try {
      Keys.requireKey(table, Keys.of(table, start));
    } catch (ValidationFault fault) {
      throw ValidationFault.bare(INVALID_START + ": " + fault.text());
    }
  }

  private static byte[] startKey(KeySchema table, @Nullable IndexLayout index, Item start) {
    if (index == null) {
      return KeyBytes.ofTable(table, start);
    }
    byte[] key = index.key(start);
    if (key == null) {
      // An index key that is too large for the index.
      throw ValidationFault.bare(INVALID_START);
    }
    return key;
  }

  /** Checks that the query could have returned the start key. */
  private static void requireWithin(
      KeyRanges ranges,
      ByteRange range,
      KeySchema schema,
      KeySchema table,
      @Nullable IndexLayout index,
      Item start) {
    var inQueriedPartition = new ByteArrayOutputStream(64);
    inQueriedPartition.writeBytes(ranges.partition());
    values(schema.range(), start).forEach(value -> OrderedBytes.write(inQueriedPartition, value));
    if (index != null) {
      KeyBytes.writeTableKey(inQueriedPartition, table, start);
    }
    if (!range.contains(inQueriedPartition.toByteArray())) {
      throw ValidationFault.bare(
          "The provided starting key does not match the range key predicate");
    }
    if (!ByteRange.startingWith(ranges.partition()).contains(startKey(table, index, start))) {
      throw ValidationFault.bare(
          ranges.hasRange()
              ? "The query can return at most one row and cannot be restarted"
              : "The provided starting key is outside query boundaries based on provided"
                  + " conditions");
    }
  }

  private static List<AttributeValue> values(List<KeyAttribute> attributes, Item item) {
    var values = new ArrayList<AttributeValue>();
    for (KeyAttribute attribute : attributes) {
      values.add(Objects.requireNonNull(item.get(attribute.name())));
    }
    return values;
  }

  /** As AWS prints a key, for example {@code {p=AttributeValue: {S:x}}}. */
  private static String text(Item key) {
    var text = new StringBuilder("{");
    key.attributes()
        .forEach(
            (name, value) ->
                text.append(text.length() == 1 ? "" : ", ")
                    .append(name)
                    .append("=AttributeValue: {")
                    .append(value.type())
                    .append(':')
                    .append(scalar(value))
                    .append('}'));
    return text.append('}').toString();
  }

  private static Object scalar(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S string -> string.value();
      case AttributeValue.N number -> number.value();
      case AttributeValue.B binary -> binary.value();
      default -> value;
    };
  }
}
