// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.logs.resources.LogGroupResource;
import java.time.Instant;
import java.util.List;

/**
 * Amazon CloudWatch Logs, and the {@link LogSink} of every other service. See the package for what
 * is simulated. Thread-safe.
 */
public final class LogsService extends RoomService implements ResourceProvider, LogSink {
  private final SimClock clock;
  private final LogStore store;

  /** The service; a call gives the account and the region. */
  public LogsService(SimClock clock) {
    this(clock, new LogStore());
  }

  private LogsService(SimClock clock, LogStore store) {
    super(
        "logs",
        "Amazon CloudWatch Logs",
        new Protocol.AwsJson("Logs_20140328", "1.1"),
        ServiceParts.of(
                new LogsState(store),
                new LogGroupOperations(clock, store).operations(),
                new LogStreamOperations(clock, store).operations(),
                new LogEventOperations(clock, store).operations())
            .with(LogsAccess.access(store)));
    this.clock = clock;
    this.store = store;
  }

  @Override
  public void append(String logGroup, String logStream, Instant time, String message) {
    store.append(logGroup, logStream, time, clock.millis(), message);
  }

  /** Whether the group exists. */
  boolean has(String logGroup) {
    return store.has(logGroup);
  }

  /** Whether the group exists and has the stream. */
  boolean has(String logGroup, String logStream) {
    return store.has(logGroup, logStream);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new LogGroupResource());
  }
}
