// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.ServiceCalls;

/** Puts users into groups and takes them out. */
final class GroupMembers {
  private GroupMembers() {}

  static void add(ServiceCalls calls, String group, String user) {
    calls.call("iam", "AddUserToGroup", input(calls, group, user));
  }

  static void remove(ServiceCalls calls, String group, String user) {
    calls.callUnlessGone("iam", "RemoveUserFromGroup", input(calls, group, user));
  }

  private static ObjectNode input(ServiceCalls calls, String group, String user) {
    return calls.input().put("GroupName", group).put("UserName", user);
  }
}
