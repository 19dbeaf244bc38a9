// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import dev.syncline.publisher.PublishException.Reason;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request did not publish all its events.
 *
 * @param retryable whether a retry of the same request may succeed
 * @param status the HTTP status; 0 without a response
 * @param what the rest of a sentence that begins with "the service"
 */
record PublishFailure(
    Reason reason,
    boolean retryable,
    int status,
    String errorType,
    String what,
    @Nullable Throwable cause) {

  /** The failure of the request as a whole; empty if the request was accepted. */
  static Optional<PublishFailure> of(PublishResponse answer) {
    return switch (answer) {
      case PublishResponse.Accepted accepted -> Optional.empty();
      case PublishResponse.Refused refused -> Optional.of(refused(refused));
      case PublishResponse.NotUnderstood strange -> Optional.of(notUnderstood(strange));
      case PublishResponse.Unreachable unreachable -> Optional.of(unreachable(unreachable.cause()));
    };
  }

  static PublishFailure eventsFailed(Collection<FailedEvent> failed, boolean retryable) {
    FailedEvent first = failed.iterator().next();
    String code = first.code().isEmpty() ? "EventFailed" : first.code();
    String message = first.message().isEmpty() ? "" : ", " + first.message();
    String others = failed.size() == 1 ? "" : " and " + (failed.size() - 1) + " more";
    return new PublishFailure(
        Reason.EVENTS_FAILED,
        retryable,
        200,
        code,
        "did not accept event " + first.index() + others + ": " + code + message,
        null);
  }

  PublishFailure interruptedBy(InterruptedException interrupt) {
    return new PublishFailure(
        Reason.INTERRUPTED,
        false,
        status,
        "InterruptedException",
        what + "; then interrupted before another attempt",
        interrupt);
  }

  private static PublishFailure refused(PublishResponse.Refused answer) {
    int status = answer.status();
    Reason reason = reasonOf(status);
    String type = answer.errorType();
    return new PublishFailure(
        reason,
        reason == Reason.THROTTLED || reason == Reason.SERVER_ERROR,
        status,
        type.isEmpty() ? "HTTP " + status : type,
        "answered "
            + status
            + (type.isEmpty() ? "" : " " + type)
            + (answer.message().isEmpty() ? "" : ": " + answer.message()),
        null);
  }

  private static Reason reasonOf(int status) {
    if (status == 429) {
      return Reason.THROTTLED;
    }
    if (status >= 500) {
      return Reason.SERVER_ERROR;
    }
    return status >= 400 ? Reason.REFUSED : Reason.NOT_UNDERSTOOD;
  }

  private static PublishFailure notUnderstood(PublishResponse.NotUnderstood answer) {
    return new PublishFailure(
        Reason.NOT_UNDERSTOOD,
        false,
        answer.status(),
        "NotUnderstood",
        "answered "
            + answer.status()
            + " but "
            + answer.why()
            + "; is the address that of an Event API?",
        null);
  }

  private static PublishFailure unreachable(IOException cause) {
    return new PublishFailure(
        Reason.UNREACHABLE,
        true,
        0,
        cause.getClass().getSimpleName(),
        "did not answer: " + cause,
        cause);
  }
}
