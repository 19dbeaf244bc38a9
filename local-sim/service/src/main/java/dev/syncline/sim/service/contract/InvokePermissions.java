// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

/**
 * Decides whether a service may invoke a function. {@code lambda} provides it; {@code apigateway}
 * uses it before an invocation. It is not an operation: it is not in the journal, and planned
 * faults do not apply to it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface InvokePermissions {
  /**
   * Whether the function's resource policy allows the invocation.
   *
   * @param function a name or an ARN, with or without a version or alias
   * @param caller the calling service, for example {@code apigateway.amazonaws.com}
   * @param sourceArn the resource that the call is made for
   * @param sourceAccount 12 digits; the account of that resource
   * @return false also when there is no such function
   */
  boolean mayInvoke(String function, String caller, String sourceArn, String sourceAccount);
}
