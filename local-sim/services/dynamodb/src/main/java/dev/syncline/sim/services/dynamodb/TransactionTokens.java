// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes transactions idempotent by their client request tokens, for ten minutes; a restart keeps
 * the tokens. Guarded by its own lock.
 */
final class TransactionTokens {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  /**
   * An item that a repeated request reads.
   *
   * @param table as the request names it
   * @param item null when there was no item after the transaction
   */
  record Read(String table, @Nullable Item item) {}

  /**
   * The saved form of a transaction that has ended.
   *
   * @param key the operation and the token
   * @param items without attributes where there was no item
   */
  record SavedToken(
      String key, JsonNode request, Instant ended, List<String> tables, List<JsonNode> items) {}

  /** The reads are null while the transaction runs. */
  private record Entry(JsonNode request, Instant since, @Nullable List<Read> reads) {}

  private final SimClock clock;

  /** By operation and token, in the order of their first requests. */
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  TransactionTokens(SimClock clock) {
    this.clock = clock;
  }

  /**
   * The outcome of a request.
   *
   * @param made the transaction that the request made; null for a repeated request
   * @param reads what a repeated request reads
   */
  record Outcome(@Nullable Transaction made, List<Read> reads) {
    /** The answer, with the capacity of the writes or of the repeated reads. */
    ObjectNode answer(CapacityReport capacity) {
      return made == null ? Transaction.replay(reads, capacity) : made.report(capacity);
    }
  }

  /**
   * Makes a transaction, unless it has been made with this token.
   *
   * @param token empty for none
   * @param request with all members that must be equal in a repetition
   * @throws AwsException {@code IdempotentParameterMismatchException}, {@code
   *     TransactionInProgressException}
   */
  Outcome once(
      String operation, String token, ObjectNode request, Supplier<Transaction> transaction) {
    if (token.isEmpty()) {
      return new Outcome(transaction.get(), List.of());
    }
    String key = operation + " " + token;
    List<Read> known = begin(key, request);
    if (known != null) {
      return new Outcome(null, known);
    }
    Transaction made = null;
    try {
      made = transaction.get();
    } finally {
      end(key, request, made == null ? null : made.reads());
    }
    return new Outcome(made, List.of());
  }

  private synchronized @Nullable List<Read> begin(String key, ObjectNode request) {
    Instant now = clock.now();
    removeExpired(now);
    Entry entry = entries.get(key);
    if (entry == null || isExpired(entry, now)) {
      entries.remove(key);
      entries.put(key, new Entry(request, now, null));
      return null;
    }
    if (!entry.request().equals(request)) {
      throw DynamoDbErrors.idempotentMismatch();
    }
    if (entry.reads() == null) {
      throw DynamoDbErrors.transactionInProgress();
    }
    return entry.reads();
  }

  /** Looks at the oldest ones only: SDKs send a token with every transaction. */
  private void removeExpired(Instant now) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext() && isExpired(oldest.next(), now)) {
      oldest.remove();
    }
  }

  private static boolean isExpired(Entry entry, Instant now) {
    return entry.reads() != null && !now.isBefore(entry.since().plus(LIFETIME));
  }

  private synchronized void end(String key, ObjectNode request, @Nullable List<Read> reads) {
    if (reads == null) {
      entries.remove(key);
    } else {
      entries.put(key, new Entry(request, clock.now(), reads));
    }
  }

  /** The tokens of transactions that have ended. */
  synchronized List<SavedToken> saved() {
    removeExpired(clock.now());
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().reads() != null)
        .map(entry -> saved(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static SavedToken saved(String key, Entry entry) {
    List<Read> reads = entry.reads() == null ? List.of() : entry.reads();
    return new SavedToken(
        key,
        entry.request(),
        entry.since(),
        reads.stream().map(Read::table).toList(),
        reads.stream()
            .<JsonNode>map(
                read -> ValueWriter.writeItem(read.item() == null ? Item.EMPTY : read.item()))
            .toList());
  }

  /** Takes back what {@link #saved} gave. */
  synchronized void restore(List<SavedToken> saved) {
    for (SavedToken token : saved) {
      var reads = new ArrayList<Read>();
      for (int i = 0; i < token.tables().size(); i++) {
        Item item = ValueReader.readItem(token.items().get(i));
        reads.add(new Read(token.tables().get(i), item.isEmpty() ? null : item));
      }
      entries.put(token.key(), new Entry(token.request(), token.ended(), List.copyOf(reads)));
    }
  }
}
