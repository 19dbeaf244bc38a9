// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.ConnectionCredentials;

/** Creates the room of Amazon EventBridge. */
public final class EventBridgeProvider implements ServiceProvider {
  @Override
  public String id() {
    return "events";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service =
        new EventBridgeService(
            context.clock(),
            context.ids(),
            context.journal(),
            context.dispatcher(),
            context.account(),
            context.region());
    context.contracts().provide(ConnectionCredentials.Source.class, service.credentials());
    return service;
  }
}
