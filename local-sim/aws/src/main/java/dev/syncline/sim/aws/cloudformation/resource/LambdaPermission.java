// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.cloudformation.resource;

import static dev.syncline.sim.aws.cloudformation.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A statement of a function's policy. Every property is create-only. */
final class LambdaPermission implements ResourceType {
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
