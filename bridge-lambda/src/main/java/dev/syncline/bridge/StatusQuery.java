// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.Outcome;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.http.ProxyRequest;
import dev.syncline.bridge.http.ProxyResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /event/{id}}: what {@code POST} would have answered, later. 200 with the result or 502
 * with the failure once the work has ended, 202 while it goes on, 404 for work that nobody knows.
 * An id that is malformed never reaches the backend. Thread-safe.
 */
final class StatusQuery {

  private final PendingReplies pendingReplies;
  private final Supplier<Backend> backend;
  private final BridgeLog log;

  StatusQuery(PendingReplies pendingReplies, Supplier<Backend> backend, BridgeLog log) {
    this.pendingReplies = pendingReplies;
    this.backend = backend;
    this.log = log;
  }

  ProxyResponse answer(ProxyRequest request, String idText, RequestTrace trace) {
    CorrelationId id =
        CorrelationId.parse(idText)
            .orElseThrow(() -> Answers.unknownId("There is no work of this name."));
    trace.work(id);
    Optional<Outcome> known = pendingReplies.outcomeOf(id);
    if (known.isPresent()) {
      return Answers.of(id, known.get());
    }
    return switch (backend.get().find(id)) {
      case FindResult.Finished finished -> {
        pendingReplies.resolve(id, finished.outcome());
        yield Answers.of(id, finished.outcome());
      }
      case FindResult.Running running -> Answers.goesOn(id, request);
      case FindResult.NotFound notFound ->
          goesOnIfStartedHere(id, request, "There is no work of this name.");
      case FindResult.Untracked untracked ->
          goesOnIfStartedHere(
              id,
              request,
              "This backend keeps no state, and this environment has not started such work or has"
                  + " forgotten it.");
      case FindResult.Unavailable unavailable -> {
        log.warn(
            "the backend did not say how the work goes",
            Map.of("correlationId", id.value(), "detail", unavailable.detail()));
        if (!pendingReplies.knows(id)) {
          throw Answers.unavailable();
        }
        yield Answers.goesOn(id, request);
      }
    };
  }

  /** Work that is being started is not yet to be found, and some backends never find any. */
  private ProxyResponse goesOnIfStartedHere(
      CorrelationId id, ProxyRequest request, String otherwise) {
    if (pendingReplies.knows(id)) {
      return Answers.goesOn(id, request);
    }
    throw Answers.unknownId(otherwise);
  }
}
