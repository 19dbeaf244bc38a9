// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.Journal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Lambda's concurrency limits. A function's reserved concurrency is its limit, and reduces the
 * concurrency that functions without a reservation share. Guarded by the host's lock.
 */
final class Admission {
  private final Journal journal;
  private final IntSupplier reservedInAll;
  private final Map<String, Integer> running = new HashMap<>();
  private int unreserved;

  /**
   * * Without running invocations.
   *
   * @param reservedInAll how much of the account's concurrency is reserved for functions; must not
   *     block
   */
  Admission(Journal journal, IntSupplier reservedInAll) {
    this.journal = journal;
    this.reservedInAll = reservedInAll;
  }

  /**
   * Counts an invocation.
   *
   * @throws ThrottledException when the limit is reached
   */
  void enter(PendingInvocation pending) {
    FunctionSpec spec = pending.spec;
    int now = running.getOrDefault(spec.arn(), 0);
    Integer reserved = spec.reservedConcurrency();
    if (reserved != null && now >= reserved) {
      throw throttled(pending, "ReservedFunctionConcurrentInvocationLimitExceeded");
    }
    int shared = FunctionHost.ACCOUNT_CONCURRENCY - reservedInAll.getAsInt();
    if (reserved == null && unreserved >= shared) {
      throw throttled(pending, "ConcurrentInvocationLimitExceeded");
    }
    running.put(spec.arn(), now + 1);
    if (reserved == null) {
      unreserved++;
    }
  }

  void leave(PendingInvocation pending) {
    running.computeIfPresent(pending.spec.arn(), (arn, now) -> now == 1 ? null : now - 1);
    if (pending.spec.reservedConcurrency() == null) {
      unreserved--;
    }
  }

  private ThrottledException throttled(PendingInvocation pending, String reason) {
    journal.record(
        new LambdaEvent.Throttled(pending.invocation.requestId(), pending.spec.name(), reason));
    return new ThrottledException(reason, "Rate Exceeded.");
  }
}
