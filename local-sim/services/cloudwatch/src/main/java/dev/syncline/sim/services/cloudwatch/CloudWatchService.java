// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.MetricSink;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.cloudwatch.resources.AlarmResource;
import java.util.ArrayList;
import java.util.List;

/** Amazon CloudWatch, as the package describes it. Thread-safe. */
public final class CloudWatchService implements AwsService, ResourceProvider {
  private final MetricStore metrics = new MetricStore();
  private final List<Operation> operations;
  private final ServiceState state;

  /**
   * The service without metrics or alarms.
   *
   * @param account 12 digits
   */
  public CloudWatchService(SimClock clock, Journal journal, String account, String region) {
    String arnPrefix = new Arn("aws", "cloudwatch", region, account, "alarm:").toString();
    var all = new ArrayList<Operation>();
    var alarms = new AlarmStore(clock, new CloudWatchEvents(journal), metrics);
    all.addAll(new AlarmOperations(clock, alarms, arnPrefix).operations());
    all.addAll(new MetricOperations(clock, metrics).operations());
    this.operations = List.copyOf(all);
    this.state = new CloudWatchState(alarms, metrics);
  }

  /** Reads metrics from log lines. */
  MetricSink metricSink() {
    return new EmbeddedMetrics(metrics);
  }

  @Override
  public String signingName() {
    return "monitoring";
  }

  @Override
  public String title() {
    return "Amazon CloudWatch";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJsonOrQuery(
        new Protocol.AwsJson("GraniteServiceVersion20100801", "1.0", CloudWatchErrors.QUERY_CODES),
        new Protocol.Query("2010-08-01", "http://monitoring.amazonaws.com/doc/2010-08-01/"));
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public ServiceState state() {
    return state;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new AlarmResource());
  }
}
