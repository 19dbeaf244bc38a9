// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One invocation from its request to its result. Thread-safe. */
final class PendingInvocation {
  private static final int TAIL_BYTES = 4096;

  final FunctionSpec spec;
  final Invocation invocation;
  ClockActivity activity = () -> {};

  /** The part of its time that starting an environment took. */
  volatile Duration spent = Duration.ZERO;

  volatile boolean cold;
  final CompletableFuture<InvocationResult> result = new CompletableFuture<>();
  final AtomicBoolean done = new AtomicBoolean();
  private final StringBuilder tail = new StringBuilder();
  volatile @Nullable Timer limit;
  volatile long startedNanos;

  PendingInvocation(FunctionSpec spec, Invocation invocation) {
    this.spec = spec;
    this.invocation = invocation;
  }

  void tail(String line) {
    if (!invocation.wantLogTail()) {
      return;
    }
    synchronized (tail) {
      tail.append(line).append('\n');
      if (tail.length() > 4 * TAIL_BYTES) {
        tail.delete(0, tail.length() - 2 * TAIL_BYTES);
      }
    }
  }

  String logTail() {
    synchronized (tail) {
      byte[] bytes = tail.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length <= TAIL_BYTES) {
        return tail.toString();
      }
      int from = bytes.length - TAIL_BYTES;
      // Not in the middle of a character.
      while (from < bytes.length && (bytes[from] & 0xC0) == 0x80) {
        from++;
      }
      return new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.UTF_8);
    }
  }

  /** Fails an invocation before it runs, because the host is closed. */
  void abandon() {
    FunctionOutcome ended = RuntimeErrors.exited(invocation.requestId(), 137);
    result.complete(new InvocationResult(ended.payload(), "Unhandled", ended.errorType(), ""));
    activity.close();
  }
}
