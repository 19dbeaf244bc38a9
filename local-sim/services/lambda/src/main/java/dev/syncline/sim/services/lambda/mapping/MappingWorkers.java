// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.contract.QueueConsumers;
import dev.syncline.sim.service.contract.TableStreams;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes what works for a mapping, by the kind of its source. Thread-safe. */
public final class MappingWorkers {
  private final SimClock clock;
  private final Supplier<QueueConsumers> queues;
  private final Supplier<TableStreams> streams;
  private final FunctionCalls calls;
  private final BatchRun run;
  private final FailureDestination destination;
  private final MappingEvents events;

  /**
   * The tools of all mappings.
   *
   * @param dispatcher invokes functions and tells destinations
   * @param queues asked for when the first mapping from a queue is made
   * @param streams asked for when the first mapping from a stream is made
   * @param account 12 digits
   * @param roles the session of a function's role, by the function's ARN
   */
  public MappingWorkers(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      Supplier<QueueConsumers> queues,
      Supplier<TableStreams> streams,
      String account,
      String region,
      Function<String, CallPrincipal> roles) {
    this.clock = clock;
    this.queues = queues;
    this.streams = streams;
    this.calls = new FunctionCalls(ids, dispatcher, account, region, roles);
    this.run = new BatchRun(clock, calls);
    this.events = new MappingEvents(journal);
    this.destination = new FailureDestination(clock, ids, calls, events);
  }

  QueueConsumers queues() {
    return queues.get();
  }

  TableStreams streams() {
    return streams.get();
  }

  /**
   * Requires that the role of the function may read the source.
   *
   * @throws dev.syncline.sim.service.AwsException when it may not
   */
  void requireRole(Mapping mapping) {
    calls
        .access()
        .missing(mapping)
        .ifPresent(
            missing -> {
              throw MappingErrors.invalid(missing);
            });
  }

  /** Whether the simulator has the service. */
  boolean has(String service) {
    return calls.has(service);
  }

  MappingWorker make(Mapping mapping, String lastResult, StreamPositions positions) {
    return switch (mapping.source()) {
      case MappingSource.Queue queue ->
          new QueuePoller(clock, queues.get(), run, mapping, lastResult);
      case MappingSource.Stream stream ->
          new StreamConsumer(
              () -> new ShardLane.Tools(clock, streams.get(), calls, destination, events),
              mapping,
              lastResult,
              positions);
    };
  }
}
