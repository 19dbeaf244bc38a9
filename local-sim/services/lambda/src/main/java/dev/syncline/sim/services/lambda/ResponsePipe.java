// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.ResponseSink;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands the parts of a streamed response from the function to the client's thread. At most {@value
 * #MAX_WAITING} bytes wait, and one part: then the function waits. Thread-safe; one reader.
 */
final class ResponsePipe implements ResponseSink {
  private static final int MAX_WAITING = 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<byte[]> parts = new ArrayDeque<>();
  private long waiting;
  private @Nullable String contentType;
  private @Nullable InvocationResult result;
  private @Nullable Throwable failure;
  private boolean abandoned;
  private CompletableFuture<Boolean> changed = new CompletableFuture<>();

  /** What the reader finds. */
  sealed interface Next {
    /** A part of the response. */
    record Part(byte[] bytes) implements Next {}

    /** The function has ended; its result has the whole response if it did not stream. */
    record End(InvocationResult result) implements Next {}
  }

  @Override
  public void start(String type) {
    lock.lock();
    try {
      contentType = type;
      wake();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void part(byte[] bytes) {
    lock.lock();
    try {
      while (waiting > MAX_WAITING && !abandoned) {
        room.awaitUninterruptibly();
      }
      if (!abandoned) {
        parts.add(bytes);
        waiting += bytes.length;
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The invocation has ended, with a result or with a failure of the simulator. */
  void end(@Nullable InvocationResult ended, @Nullable Throwable broken) {
    lock.lock();
    try {
      result = ended;
      failure = broken;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** The reader takes no more: the function does not wait for it. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      parts.clear();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Completes when the function has begun to stream, or has ended. */
  CompletableFuture<Boolean> begun() {
    lock.lock();
    try {
      // The function may have ended before the reader comes.
      return contentType != null || result != null || failure != null
          ? CompletableFuture.completedFuture(true)
          : changed;
    } finally {
      lock.unlock();
    }
  }

  /** The type of what is streamed, null when nothing is. */
  @Nullable String contentType() {
    lock.lock();
    try {
      return contentType;
    } finally {
      lock.unlock();
    }
  }

  /** What is there now; null when nothing is, until {@link #change} completes. */
  @Nullable Next poll() {
    lock.lock();
    try {
      byte[] part = parts.poll();
      if (part != null) {
        waiting -= part.length;
        room.signalAll();
        return new Next.Part(part);
      }
      if (failure != null) {
        throw new IllegalStateException("the invocation failed", failure);
      }
      return result == null ? null : new Next.End(result);
    } finally {
      lock.unlock();
    }
  }

  /** Completes at the next part or the end; at once if one is there. */
  CompletableFuture<Boolean> change() {
    lock.lock();
    try {
      return parts.isEmpty() && result == null && failure == null
          ? changed
          : CompletableFuture.completedFuture(true);
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    CompletableFuture<Boolean> before = changed;
    changed = new CompletableFuture<>();
    before.complete(true);
  }
}
