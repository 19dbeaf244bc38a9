// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.LogSink;

/** Creates the room of Amazon CloudWatch Logs. */
public final class LogsProvider implements ServiceProvider {
  @Override
  public String id() {
    return "logs";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service = new LogsService(context.clock());
    context.contracts().provide(LogSink.class, new WrittenByRole(context, service));
    return service;
  }
}
