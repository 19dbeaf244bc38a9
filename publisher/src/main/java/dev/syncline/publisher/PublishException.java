// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Not every event was published. Gives the reason and the published events, so that a caller can
 * send only the rest again.
 */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason of the last failure. */
  public enum Reason {
    /** The service refused the request: 400, 401, 403 or another 4xx except 429. */
    REFUSED,
    /** 429 for the last attempt. */
    THROTTLED,
    /** 5xx for the last attempt. */
    SERVER_ERROR,
    /** No connection, a broken connection, or a time-out, for the last attempt. */
    UNREACHABLE,
    /** The request was accepted, but some of its events were not. */
    EVENTS_FAILED,
    /** The response is not the service's: a wrong address, or an intermediary. */
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

  /** The reason of the last failure. */
  public Reason reason() {
    return reason;
  }

  /** The HTTP status of the last response; empty without a response. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /**
   * The service's error type, such as {@code UnauthorizedException}; else the name of the local
   * failure, such as {@code SocketTimeoutException}.
   */
  public String errorType() {
    return errorType;
  }

  /** The published events, in order. */
  public List<PublishedEvent> published() {
    return published;
  }

  /** The events that the service's last response lists as failed, in order. */
  public List<FailedEvent> failed() {
    return failed;
  }

  /**
   * The indexes of the events without a result: their request failed as a whole, or was never sent
   * because an earlier one failed. After {@link Reason#UNREACHABLE} and {@link Reason#SERVER_ERROR}
   * some of them may have been published.
   */
  public List<Integer> unsent() {
    return unsent;
  }

  /** The results of the events of one publish so far. */
  record Progress(List<PublishedEvent> published, List<FailedEvent> failed, List<Integer> unsent) {}
}
