// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.concurrent.CompletableFuture;

/** The result of a start. Immutable and thread-safe. */
public sealed interface StartResult {

  /** The work runs, or has run, and answers to the requested channel. */
  record Started() implements StartResult {}

  /**
   * The work runs, and its answer completes this future, whether or not it is published too. An
   * exception means that the answer was lost: the bridge then calls {@link Backend#find}. The
   * future may complete after the request that started the work has ended.
   */
  record Promised(CompletableFuture<WorkOutcome> answer) implements StartResult {}

  /**
   * The same work is running already.
   *
   * @param replyTo the channel it answers to, possibly another environment's; empty if unknown
   */
  record Joined(String replyTo) implements StartResult {}

  /**
   * Another environment has the lease to start the same work, or died while it had it. The bridge
   * repeats the call: the work is started soon, or this environment may start it once the lease has
   * expired.
   *
   * @param untilMillis when the lease expires, in epoch milliseconds
   */
  record Leased(long untilMillis) implements StartResult {}

  /**
   * The same work may be running, because an earlier start was not confirmed. It was not started
   * again.
   *
   * @param replyTo the channel it answers to; empty if unknown
   * @param error the earlier start's error, a name that the caller may see
   * @param untilMillis until when it is assumed to run, in epoch milliseconds
   */
  record InDoubt(String replyTo, String error, long untilMillis) implements StartResult {}

  /**
   * The result could not be written to the notes that other environments read. Calling {@link
   * Backend#start} again repeats only the note.
   *
   * @param result the result of the start
   * @param detail the text to log
   */
  record Unrecorded(StartResult result, String detail) implements StartResult {}

  /** The same work has ended already. */
  record Finished(WorkOutcome outcome) implements StartResult {}

  /** Work with this id exists for another event. */
  record OtherEvent() implements StartResult {}

  /**
   * Nothing was started.
   *
   * @param error a name that the caller may see, such as {@code ThrottlingException}
   * @param detail the text to log; may name resources
   * @param retryable whether a retry may succeed
   */
  record NotStarted(String error, String detail, boolean retryable) implements StartResult {}

  /**
   * The response was lost, so the work may have been started. The start is retried only if {@link
   * Backend#repeatable} says that a retry cannot run the work twice.
   *
   * @param error a name that the caller may see
   * @param detail the text to log
   */
  record Unconfirmed(String error, String detail) implements StartResult {}
}
