// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AccessRequest;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;

/**
 * The permissions of stacks, by the stack's ARN. Source: the service authorization reference.
 *
 * @param stacks give the ids of stacks that are there
 */
record CloudFormationAccess(StackStore stacks, AccessTable table) implements RoomAccess {
  private static final String ROWS =
      """
      CreateChangeSet CreateStack DeleteStack UpdateStack              | {stack}
      DeleteChangeSet DescribeChangeSet ExecuteChangeSet ListChangeSets | {stack}
      DescribeStackEvents DescribeStackResource DescribeStackResources DescribeStacks | {stack}
      GetTemplate ListStackResources                                   | {stack}
      GetTemplateSummary                                               | {summed}
      ListExports ListImports ValidateTemplate                         | *
      ListStacks                                                       | stack/*/*
      """;

  private static final String PRINCIPAL = "cloudformation.amazonaws.com";
  private static final String ROLES = "CreateChangeSet CreateStack DeleteStack UpdateStack";

  CloudFormationAccess(StackStore stacks) {
    this(
        stacks,
        AccessTable.of("cloudformation", ROWS)
            .sparingAny()
            .naming("stack", request -> stack(request, stacks))
            .naming(
                "summed",
                request -> request.text("StackName").isPresent() ? stack(request, stacks) : "*")
            .passing(ROLES, "RoleARN", PRINCIPAL)
            .keyOf(ROLES, "cloudformation:RoleArn", "RoleARN")
            .keyOf(ROLES, "cloudformation:TemplateUrl", "TemplateURL")
            .keyOf(ROLES, "cloudformation:StackPolicyUrl", "StackPolicyURL")
            .keyOf(
                "CreateChangeSet DeleteChangeSet DescribeChangeSet ExecuteChangeSet",
                "cloudformation:ChangeSetName",
                "ChangeSetName")
            .tagging("CreateStack CreateChangeSet UpdateStack", "TagResource"));
  }

  private static String stack(AccessRequest request, StackStore stacks) {
    String name = request.textOrAny("StackName");
    if (name.equals("*")) {
      return "stack/*/*";
    }
    Stack found = stacks.find(name);
    if (found != null) {
      return found.id();
    }
    return name.startsWith("arn:") ? name : "stack/" + name + "/*";
  }
}
