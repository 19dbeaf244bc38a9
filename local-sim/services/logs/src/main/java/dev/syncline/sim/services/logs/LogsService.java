// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.logs.resources.LogGroupResource;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Amazon CloudWatch Logs, and the {@link LogSink} of every other service. See the package for what
 * is simulated. Thread-safe.
 */
public final class LogsService implements AwsService, ResourceProvider, LogSink {
  private final SimClock clock;
  private final LogStore store = new LogStore();
  private final LogGroupOperations groups;
  private final LogStreamOperations streams;
  private final LogEventOperations events;

  /** The service; a call gives the account and the region. */
  public LogsService(SimClock clock) {
    this.clock = clock;
    this.groups = new LogGroupOperations(clock, store);
    this.streams = new LogStreamOperations(clock, store);
    this.events = new LogEventOperations(clock, store);
  }

  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    store.append(logGroup, logStream, time, clock.millis(), message);
  }

  @Override
  public String signingName() {
    return "logs";
  }

  @Override
  public String title() {
    return "Amazon CloudWatch Logs";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("Logs_20140328", "1.1");
  }

  @Override
  public List<Operation> operations() {
    return Stream.of(groups.operations(), streams.operations(), events.operations())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public ServiceState state() {
    return new LogsState(store);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new LogGroupResource());
  }
}
