// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A statement of a function's policy. Every property is create-only. */
public final class PermissionResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("FunctionName", Shape.text()).required().fixed(),
          member("Action", Shape.text()).required().fixed(),
          member("Principal", Shape.text()).required().fixed(),
          member("SourceArn", Shape.text()).fixed(),
          member("SourceAccount", Shape.text()).fixed(),
          member("PrincipalOrgID", Shape.text()).fixed());

  @Override
  public String name() {
    return "AWS::Lambda::Permission";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id = names.name(100);
    calls.call("lambda", "AddPermission", properties.deepCopy().put("StatementId", id));
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input().put("StatementId", current.physicalId());
    calls.callUnlessGone(
        "lambda", "RemovePermission", input.set("FunctionName", properties.get("FunctionName")));
  }
}
