// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.LogSink;
import java.time.Instant;

/** Creates the room of Amazon CloudWatch Logs. */
public final class LogsProvider implements ServiceProvider {
  @Override
  public String id() {
    return "logs";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service = new LogsService(context.clock());
    context
        .contracts()
        .provide(
            LogSink.class,
            new LogSink() {
              @Override
              public void append(String group, String stream, Instant time, String message) {
                service.append(group, stream, time, message);
                // A log line changes the state without an operation.
                context.dispatcher().changed();
              }

              @Override
              public boolean has(String group) {
                return service.has(group);
              }
            });
    return service;
  }
}
