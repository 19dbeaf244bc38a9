// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Not every event was published. Says why, and which were: after a list that took several requests,
 * or an answer that accepted some events, the rest can be sent again without repeating those.
 */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened, in the end. */
  public enum Reason {
    /** The service refused the request for good: 400, 401, 403 or another 4xx but 429. */
    REFUSED,
    /** 429 until the attempts were used up. */
    THROTTLED,
    /** 5xx until the attempts were used up. */
    SERVER_ERROR,
    /** No connection, a broken one, or no answer in time, until the attempts were used up. */
    UNREACHABLE,
    /** The request was accepted and some of its events were not. */
    EVENTS_FAILED,
    /** An answer that is not the service's: wrong address, or something in between. */
    NOT_UNDERSTOOD,
    /** The calling thread was interrupted between two attempts; its interrupt flag is set. */
    INTERRUPTED
  }

  private final Reason reason;
  private final int status;
  private final String errorType;
  private final transient List<PublishedEvent> published;
  private final transient List<FailedEvent> failed;
  private final transient List<Integer> unsent;

  PublishException(
      Reason reason,
      String message,
      int status,
      String errorType,
      Progress progress,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = status;
    this.errorType = errorType;
    this.published = List.copyOf(progress.published());
    this.failed = List.copyOf(progress.failed());
    this.unsent = List.copyOf(progress.unsent());
  }

  /** What happened, in the end. */
  public Reason reason() {
    return reason;
  }

  /** The HTTP status of the last answer, empty if there was none. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * The service's name for the error, such as {@code UnauthorizedException}; else the name of what
   * failed on our side, such as {@code SocketTimeoutException}.
   */
  public String errorType() {
    return errorType;
  }

  /** The events that were published all the same, in order. */
  public List<PublishedEvent> published() {
    return published;
  }

  /** The events that the service's last answer refused one by one, in order. */
  public List<FailedEvent> failed() {
    return failed;
  }

  /**
   * The indexes of the events with no answer of their own: their request failed as a whole, or was
   * never sent because an earlier one failed. After {@link Reason#UNREACHABLE} and {@link
   * Reason#SERVER_ERROR} some may have been published without our knowing.
   */
  public List<Integer> unsent() {
    return unsent;
  }

  /** What became of each event of one publish so far. */
  record Progress(List<PublishedEvent> published, List<FailedEvent> failed, List<Integer> unsent) {}
}
