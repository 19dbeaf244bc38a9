// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import dev.syncline.sim.service.contract.TableStreams;

/** Creates the room of Amazon DynamoDB Streams. */
public final class DynamoDbStreamsProvider implements ServiceProvider {
  static final String ID = "dynamodbstreams";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public AwsService create(ServiceContext context) {
    return new DynamoDbStreamsService(
        context.clock(), context.contracts().later(TableStreams.class));
  }
}
