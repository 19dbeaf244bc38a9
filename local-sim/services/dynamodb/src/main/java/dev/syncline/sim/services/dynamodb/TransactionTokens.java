// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes transactions idempotent by their client request tokens, for ten minutes. Guarded by its own
 * lock; not saved.
 */
final class TransactionTokens<T> {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private record Entry<T>(ObjectNode request, Instant begun, @Nullable T result) {}

  private final SimClock clock;
  private final Map<String, Entry<T>> entries = new HashMap<>();

  TransactionTokens(SimClock clock) {
    this.clock = clock;
  }

  /** What a request comes to. */
  record Outcome<T>(T result, boolean repeated) {}

  /**
   * Runs a transaction, unless it has been run with this token.
   *
   * @param token empty for none
   * @param request with all members that must be equal in a repetition
   * @throws AwsException {@code IdempotentParameterMismatchException}, {@code
   *     TransactionInProgressException}
   */
  Outcome<T> once(String token, ObjectNode request, Supplier<T> transaction) {
    if (token.isEmpty()) {
      return new Outcome<>(transaction.get(), false);
    }
    T known = begin(token, request);
    if (known != null) {
      return new Outcome<>(known, true);
    }
    T result = null;
    try {
      result = transaction.get();
    } finally {
      end(token, request, result);
    }
    return new Outcome<>(result, false);
  }

  private synchronized @Nullable T begin(String token, ObjectNode request) {
    Instant now = clock.now();
    entries
        .values()
        .removeIf(entry -> entry.result() != null && !now.isBefore(entry.begun().plus(LIFETIME)));
    Entry<T> entry = entries.get(token);
    if (entry == null) {
      entries.put(token, new Entry<>(request, now, null));
      return null;
    }
    if (!entry.request().equals(request)) {
      throw DynamoDbErrors.idempotentMismatch();
    }
    if (entry.result() == null) {
      throw DynamoDbErrors.transactionInProgress();
    }
    return entry.result();
  }

  private synchronized void end(String token, ObjectNode request, @Nullable T result) {
    if (result == null) {
      entries.remove(token);
    } else {
      entries.put(token, new Entry<>(request, clock.now(), result));
    }
  }
}
