// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.MetricSink;
import java.time.Instant;
import java.util.Map;

/** Creates the room of Amazon CloudWatch. */
public final class CloudWatchProvider implements ServiceProvider {
  @Override
  public String id() {
    return "monitoring";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service =
        new CloudWatchService(
            context.clock(), context.journal(), context.account(), context.region());
    context
        .contracts()
        .provide(
            MetricSink.class,
            new MetricSink() {
              @Override
              public void logged(Instant time, String line) {
                service.metricSink().logged(time, line);
                context.dispatcher().changed();
              }

              @Override
              public void value(
                  Instant time,
                  String namespace,
                  String metric,
                  Map<String, String> dimensions,
                  double value,
                  String unit) {
                service.metricSink().value(time, namespace, metric, dimensions, value, unit);
                context.dispatcher().changed();
              }
            });
    return service;
  }
}
