// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** API Gateway's settings for the whole account and region. */
public final class AccountResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(member("CloudWatchRoleArn", Shape.text()).as("cloudwatchRoleArn"));

  @Override
  public String name() {
    return "AWS::ApiGateway::Account";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    put(calls, properties);
    String id = names.name(64);
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    put(calls, after);
    return current;
  }

  /** Does nothing: as on AWS, the account keeps its setting, because other stacks may need it. */
  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {}

  private static void put(ServiceCalls calls, ObjectNode properties) {
    new Patches()
        .replace("/cloudwatchRoleArn", properties.path("cloudwatchRoleArn").asText(""))
        .send(calls, "UpdateAccount", calls.input());
  }
}
