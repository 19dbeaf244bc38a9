// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.MetricSink;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.cloudwatch.resources.AlarmResource;
import java.util.List;

/** Amazon CloudWatch, as the package describes it. Thread-safe. */
public final class CloudWatchService extends RoomService implements ResourceProvider {
  private final MetricStore metrics;

  /**
   * The service without metrics or alarms.
   *
   * @param account 12 digits
   */
  public CloudWatchService(SimClock clock, Journal journal, String account, String region) {
    this(clock, journal, account, region, new MetricStore());
  }

  private CloudWatchService(
      SimClock clock, Journal journal, String account, String region, MetricStore metrics) {
    super(
        "monitoring",
        "Amazon CloudWatch",
        new Protocol.AwsJsonOrQuery(
            new Protocol.AwsJson(
                "GraniteServiceVersion20100801", "1.0", CloudWatchErrors.QUERY_CODES),
            new Protocol.Query("2010-08-01", "http://monitoring.amazonaws.com/doc/2010-08-01/")),
        parts(clock, journal, account, region, metrics));
    this.metrics = metrics;
  }

  private static ServiceParts parts(
      SimClock clock, Journal journal, String account, String region, MetricStore metrics) {
    String arnPrefix = Arn.aws("cloudwatch", region, account, "alarm:");
    var alarms = new AlarmStore(clock, new CloudWatchEvents(journal), metrics);
    return ServiceParts.of(
            new CloudWatchState(alarms, metrics),
            new AlarmOperations(clock, alarms, arnPrefix).operations(),
            new MetricOperations(clock, metrics).operations())
        .with(new CloudWatchAccess());
  }

  /** Reads metrics from log lines. */
  MetricSink metricSink() {
    return new EmbeddedMetrics(metrics);
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new AlarmResource());
  }
}
