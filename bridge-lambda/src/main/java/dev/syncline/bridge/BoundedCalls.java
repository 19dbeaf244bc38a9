// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.TimedJoin;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls what may block for longer than a request may wait, on a thread of its own. Whatever limits
 * the callee has, the request's thread goes on when its time is over. Thread-safe.
 */
final class BoundedCalls {

  private final Executor io;
  private final TimedJoin timedJoin;

  BoundedCalls(Executor io, TimedJoin timedJoin) {
    this.io = io;
    this.timedJoin = timedJoin;
  }

  /**
   * The call's result, or empty if there is none when the clock reads {@code untilMillis}.
   *
   * @param late takes a result that comes after that; must not block
   * @throws RuntimeException what the call threw in time
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
