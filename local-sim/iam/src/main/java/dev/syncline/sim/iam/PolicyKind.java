// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/** Where a policy is attached; messages name it. */
public enum PolicyKind {
  /** A user's, a group's or a role's. */
  IDENTITY("identity-based policy"),
  /** A resource's, such as a queue's. */
  RESOURCE("resource-based policy"),
  /** A permissions boundary. */
  BOUNDARY("permissions boundary"),
  /** A policy given when a role is assumed. */
  SESSION("session policy");

  private final String text;

  PolicyKind(String text) {
    this.text = text;
  }

  /** As AWS's messages name it. */
  public String text() {
    return text;
  }
}
