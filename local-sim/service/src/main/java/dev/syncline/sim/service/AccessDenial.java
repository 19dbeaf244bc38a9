// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

/**
 * A refused permission. Immutable.
 *
 * @param principal the caller as messages name it: an ARN, or {@code anonymous}
 * @param action such as {@code sqs:SendMessage}
 * @param resource an ARN or {@code *}; empty where AWS's message names none
 * @param tail the reason with a leading space, such as {@code " because no identity-based policy
 *     allows the sqs:SendMessage action"}; empty where AWS gives none
 */
public record AccessDenial(String principal, String action, String resource, String tail) {
  /** As {@link #message}, of a service that does not say that the resource is {@code *}. */
  public String messageOfNamedResource() {
    return resource.equals("*") ? message().replace(" on resource: *", "") : message();
  }

  /** AWS's message. */
  public String message() {
    return "User: "
        + principal
        + " is not authorized to perform: "
        + action
        + (resource.isEmpty() ? "" : " on resource: " + resource)
        + tail;
  }
}
