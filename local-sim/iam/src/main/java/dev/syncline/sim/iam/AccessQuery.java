// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.List;
import java.util.Map;

/**
 * One permission that is asked for. As thread-safe as its keys.
 *
 * @param action such as {@code sqs:SendMessage}
 * @param resource an ARN, or {@code *} for an action without resource-level permissions
 * @param resourceAccount 12 digits; the owner of the resource
 */
public record AccessQuery(
    IamPrincipal principal,
    String action,
    String resource,
    String resourceAccount,
    ConditionKeys keys) {
  /** A question with these keys, named in any case. Immutable. */
  public AccessQuery(
      IamPrincipal principal,
      String action,
      String resource,
      String resourceAccount,
      Map<String, List<String>> keys) {
    this(principal, action, resource, resourceAccount, ConditionKeys.of(keys));
  }
}
