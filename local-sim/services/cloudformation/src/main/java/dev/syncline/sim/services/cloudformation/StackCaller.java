// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AccessCheck;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import org.jspecify.annotations.Nullable;

/** In whose name CloudFormation calls services. */
final class StackCaller {
  private static final String CLOUDFORMATION = "cloudformation.amazonaws.com";

  /** AWS's name of the session of a stack's role. */
  private static final String SESSION = "AWSCloudFormation";

  private StackCaller() {}

  /** The caller of an operation, whose access is forwarded. */
  static CallPrincipal forwarded(CallContext context) {
    return context.caller() instanceof CallPrincipal.Internal
        ? context.caller()
        : new CallPrincipal.Forwarded(context.caller(), CLOUDFORMATION);
  }

  /**
   * Who makes, changes and deletes the resources of a stack: its role, or else the caller.
   *
   * @param roleArn null for none
   * @throws dev.syncline.sim.service.AwsException when permissions are enforced and CloudFormation
   *     may not assume the role
   */
  static CallPrincipal of(
      Dispatcher dispatcher, String stackId, @Nullable String roleArn, CallContext context) {
    if (roleArn == null) {
      return forwarded(context);
    }
    var service = new CallPrincipal.Service(CLOUDFORMATION, stackId, context.account());
    if (dispatcher
        .permissions()
        .denial(AccessCheck.of("sts:AssumeRole", roleArn), context.as(service))
        .isPresent()) {
      throw StackErrors.roleNotAssumable(roleArn);
    }
    return new CallPrincipal.RoleSession(roleArn, SESSION);
  }
}
