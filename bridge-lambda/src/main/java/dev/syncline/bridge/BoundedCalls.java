// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.TimedJoin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs blocking calls on another thread, so that the request's thread continues at its deadline,
 * independently of the callee's time limits. Thread-safe.
 */
record BoundedCalls(Executor io, TimedJoin timedJoin) {
  /**
   * The call's result, or empty if the call has not returned when the clock reads {@code
   * untilMillis}.
   *
   * @param late receives a result that comes later; must not block
   * @throws RuntimeException the call's exception, if it was thrown in time
   */
  <T> Optional<T> call(Supplier<T> callee, long untilMillis, Consumer<T> late) {
    CompletableFuture<T> result = new CompletableFuture<>();
    io.execute(
        () -> {
          try {
            result.complete(callee.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          } catch (Error e) {
            result.completeExceptionally(e);
            throw e;
          }
        });
    if (!timedJoin.join(result, untilMillis)) {
      CompletableFuture<Void> unused = result.thenAccept(late);
      return Optional.empty();
    }
    if (result.isCompletedExceptionally()) {
      throw result.exceptionNow() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(result.exceptionNow());
    }
    return Optional.of(result.join());
  }
}
