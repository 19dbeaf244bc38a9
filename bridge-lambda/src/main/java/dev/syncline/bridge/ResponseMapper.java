// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeResponse;
import dev.syncline.bridge.http.Problem;
import dev.syncline.bridge.http.ProblemException;
import dev.syncline.bridge.http.ResponseFormat;
import dev.syncline.bridge.http.ResultBody;
import dev.syncline.bridge.http.Route;

/** Maps outcomes to HTTP responses for POST and GET. Stateless and thread-safe. */
final class ResponseMapper {

  private static final String RETRY_SECONDS = "2";

  private ResponseMapper() {}

  /** 200 with the result, 502 with the failure. */
  static BridgeResponse of(CorrelationId id, WorkOutcome outcome, ResponseFormat format) {
    return switch (outcome) {
      case WorkOutcome.Completed completed ->
          BridgeResponse.json(200, ResultBody.of(id.value(), completed.resultJson(), format));
      case WorkOutcome.Failed failed ->
          new Problem(502, "work-failed", "The work failed", "The backend reports a failure.")
              .with("id", id.value())
              .with("error", ErrorSanitizer.clean(failed.error(), 200))
              .with("cause", ErrorSanitizer.cause(failed.cause()))
              .toResponse();
    };
  }

  /** 202 with the {@code Location} of the running work. */
  static BridgeResponse accepted(CorrelationId id, BridgeRequest request) {
    return BridgeResponse.json(202, "{\"id\":\"" + id.value() + "\",\"status\":\"PROCESSING\"}")
        .with("Location", Route.location(request, id.value()))
        .with("Retry-After", RETRY_SECONDS);
  }

  /** 504 for a deployment that reports a deadline as an error. The work continues. */
  static ProblemException deadline(CorrelationId id, BridgeRequest request) {
    return new ProblemException(
        new Problem(
                504,
                "deadline",
                "No answer in time",
                "The work continues; GET Location for its result.")
            .with("id", id.value())
            .withHeader("Location", Route.location(request, id.value()))
            .withHeader("Retry-After", RETRY_SECONDS));
  }

  /** 502: API Gateway and Lambda refuse a response of this size. */
  static ProblemException tooLarge(int bytes, int most) {
    return new ProblemException(
        new Problem(
            502,
            "result-too-large",
            "Result too large",
            "The answer has " + bytes + " bytes; the maximum is " + most + " bytes."));
  }

  static ProblemException unknownId(String detail) {
    return new ProblemException(new Problem(404, "no-such-work", "No such work", detail));
  }

  static ProblemException otherBody() {
    return new ProblemException(
        new Problem(
            422,
            "idempotency-key-reused",
            "Idempotency-Key used for another body",
            "Work under this Idempotency-Key was started with another body; use a new key."));
  }

  static ProblemException noSubscription(String reason) {
    return retryable(
        503,
        "no-reply-subscription",
        "No reply subscription",
        "The reply subscription failed ("
            + ErrorSanitizer.clean(reason, 300)
            + "). Nothing was started.");
  }

  static ProblemException notStarted(String error, boolean retryable) {
    String detail =
        "The work could not be started ("
            + ErrorSanitizer.clean(error, 200)
            + "). Nothing was started.";
    return retryable
        ? retryable(503, "not-started", "Not started", detail)
        : new ProblemException(new Problem(502, "not-started", "Not started", detail));
  }

  static ProblemException unconfirmed(String error, CorrelationId id, BridgeRequest request) {
    return new ProblemException(
        new Problem(
                502,
                "start-unconfirmed",
                "Start not confirmed",
                "The backend did not confirm the start ("
                    + ErrorSanitizer.clean(error, 200)
                    + "). The work may be running; GET Location for its state.")
            .with("id", id.value())
            .withHeader("Location", Route.location(request, id.value()))
            .withHeader("Retry-After", RETRY_SECONDS));
  }

  /** 503: without the secret, the work id of the key cannot be computed. */
  static ProblemException noKeySecret(String reason) {
    return retryable(
        503,
        "idempotency-secret-unavailable",
        "Idempotency secret unavailable",
        "The secret that Idempotency-Key needs could not be read ("
            + ErrorSanitizer.clean(reason, 200)
            + "). Nothing was started.");
  }

  /** 404 for work whose start was not confirmed and that has published no answer. */
  static ProblemException neverConfirmed() {
    return unknownId(
        "The start of this work was not confirmed, and no answer has arrived. Send the request"
            + " again.");
  }

  static ProblemException unavailable() {
    return retryable(
        503,
        "backend-unavailable",
        "Backend unavailable",
        "The backend did not report the state of the work.");
  }

  private static ProblemException retryable(int status, String kind, String title, String detail) {
    return new ProblemException(
        new Problem(status, kind, title, detail).withHeader("Retry-After", RETRY_SECONDS));
  }
}
