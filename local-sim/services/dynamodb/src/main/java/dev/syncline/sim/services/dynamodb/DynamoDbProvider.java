// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.TableStreams;

/** Creates the room of Amazon DynamoDB. */
public final class DynamoDbProvider implements ServiceProvider {
  @Override
  public String id() {
    return "dynamodb";
  }

  @Override
  public AwsService create(ServiceContext context) {
    var service = new DynamoDbService(context);
    context.contracts().provide(TableStreams.class, service.streams());
    return service;
  }
}
