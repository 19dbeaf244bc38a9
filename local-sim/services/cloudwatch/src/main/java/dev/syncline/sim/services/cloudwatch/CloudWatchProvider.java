// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.MetricSink;

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
            (time, line) -> {
              service.metricSink().logged(time, line);
              context.dispatcher().changed();
            });
    return service;
  }
}
