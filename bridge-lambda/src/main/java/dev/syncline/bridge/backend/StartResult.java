// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.concurrent.CompletableFuture;

/** What starting work led to. Immutable and thread-safe. */
public sealed interface StartResult {

  /** The work runs, or has run, and answers to the channel asked for. */
  record Started() implements StartResult {}

  /**
   * The work runs, and its answer comes here, whether or not it is published too. Completed
   * exceptionally, it says that the answer got lost on its way: the bridge then asks {@link
   * Backend#find}. It may outlast the request that started the work.
   */
  record Promised(CompletableFuture<WorkOutcome> answer) implements StartResult {}

  /**
   * The same work was running already.
   *
   * @param replyTo the channel it answers to, perhaps another environment's; empty if not known
   */
  record Joined(String replyTo) implements StartResult {}

  /**
   * Another environment is starting the same work, or died while it did. Asking again is right:
   * soon it is started, and when the lease has expired this environment may start it.
   *
   * @param untilMillis when the lease expires, in epoch milliseconds
   */
  record Leased(long untilMillis) implements StartResult {}

  /**
   * The same work may run: an earlier start of it was not confirmed. It was not started again.
   *
   * @param replyTo the channel it answers to; empty if not known
   * @param error the earlier start's error, a name fit for the caller
   * @param untilMillis until when it is taken to run, in epoch milliseconds
   */
  record InDoubt(String replyTo, String error, long untilMillis) implements StartResult {}

  /**
   * What was done could not be noted where other environments look. Calling {@link Backend#start}
   * again only repeats the note.
   *
   * @param result what was done
   * @param detail what to log
   */
  record Unrecorded(StartResult result, String detail) implements StartResult {}

  /** The same work has been done already. */
  record Finished(WorkOutcome outcome) implements StartResult {}

  /** Work of this name exists with another event. */
  record OtherEvent() implements StartResult {}

  /**
   * Certainly nothing was started.
   *
   * @param error a name fit for the caller, such as {@code ThrottlingException}
   * @param detail what to log; may name resources
   * @param retryable whether trying again may help
   */
  record NotStarted(String error, String detail, boolean retryable) implements StartResult {}

  /**
   * It is not known whether the work was started: the answer was lost. It is tried again only where
   * {@link Backend#repeatable} says that this cannot run the work twice.
   *
   * @param error a name fit for the caller
   * @param detail what to log
   */
  record Unconfirmed(String error, String detail) implements StartResult {}
}
