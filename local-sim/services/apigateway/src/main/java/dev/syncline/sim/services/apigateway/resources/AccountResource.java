// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** API Gateway's settings for the whole account and region. */
public final class AccountResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(member("CloudWatchRoleArn", Shape.text()).as("cloudwatchRoleArn"));

  /** The declaration of the type. */
  public AccountResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::Account", "apigateway", PROPERTIES)
            .update(change -> put(change.calls(), change.after())));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    put(calls, properties);
    String id = names.name(64);
    return ResourceState.of(id, "Id", id);
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
