// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.FieldOutcome;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.subscription.Invalidations;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A resolver with its faults, its log lines and its journal events. Thread-safe; calls may block.
 *
 * @param field such as {@code Query.getItem}
 * @param returnType as the schema writes it
 * @param blocks whether it may wait for something
 */
record ObservedResolver(
    String apiId,
    String field,
    String arn,
    String returnType,
    boolean blocks,
    FieldResolver resolver,
    SimClock clock,
    FaultPlan faults,
    GraphqlRuns runs)
    implements FieldResolver {
  @Override
  public int maxBatchSize() {
    return resolver.maxBatchSize();
  }

  /** A planned delay waits too. */
  @Override
  public boolean mayBlock() {
    return blocks || faults.plans(GraphqlFaults.RESOLVER);
  }

  @Override
  public List<FieldOutcome> resolve(List<FieldCall> calls, RequestContext request) {
    Instant began = clock.now();
    GraphqlRequestLog log = runs.log(request.requestId());
    if (log != null) {
      calls.forEach(call -> log.execution(call, true));
    }
    List<FieldOutcome> outcomes =
        struck()
            .map(failure -> Collections.nCopies(calls.size(), failure))
            .orElseGet(() -> bounded(calls.getFirst(), resolver.resolve(calls, request), request));
    Instant ended = clock.now();
    for (int i = 0; i < calls.size() && i < outcomes.size(); i++) {
      FieldCall call = calls.get(i);
      List<FieldError> errors = outcomes.get(i).errors();
      if (log != null) {
        if (!errors.isEmpty()) {
          log.failed(call, errors.stream().map(FieldError::message).toList());
        }
        log.execution(call, false);
        log.traced(call, arn, returnType, began, ended);
      }
      runs.record(
          request.requestId(),
          () ->
              new GraphqlJournal.ResolverRan(
                  apiId,
                  request.requestId(),
                  field,
                  call.path().stream().map(String::valueOf).collect(Collectors.joining("/")),
                  Duration.between(began, ended),
                  GraphqlTexts.shown(
                      errors.stream()
                          .map(error -> error.errorType() + ": " + error.message())
                          .collect(Collectors.joining("; ")))));
    }
    return outcomes;
  }

  /** A root field fails when its request has called for too many invalidations. */
  private static List<FieldOutcome> bounded(
      FieldCall first, List<FieldOutcome> outcomes, RequestContext request) {
    return first.path().size() > 1
        ? outcomes
        : Invalidations.tooMany(request.effects())
            .map(error -> Collections.nCopies(outcomes.size(), FieldOutcome.failed(error)))
            .orElse(outcomes);
  }

  private Optional<FieldOutcome> struck() {
    if (!faults.plans(GraphqlFaults.RESOLVER)) {
      return Optional.empty();
    }
    Optional<Fault> fault =
        faults.strike(GraphqlFaults.RESOLVER, Map.of("api", apiId, "field", field));
    if (fault.isPresent() && fault.get() instanceof Fault.Delay delay) {
      clock.pause(delay.delay());
    }
    return fault
        .filter(Fault.Refuse.class::isInstance)
        .map(Fault.Refuse.class::cast)
        .map(refuse -> FieldOutcome.failed(FieldError.of(refuse.errorType(), refuse.message())));
  }
}
