// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.iam.Decision.Matched;

/** Decisions as texts. */
final class Decisions {
  private Decisions() {}

  /** As {@code SimulatePrincipalPolicy} names it. */
  static String name(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> "allowed";
      case Decision.ExplicitDeny deny -> "explicitDeny";
      case Decision.ImplicitDeny deny -> "implicitDeny";
    };
  }

  /** The statement that decided, or what was missing. */
  static String reason(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> allowed.by().map(Decisions::statement).orElse("root user");
      case Decision.ExplicitDeny deny -> statement(deny.by());
      case Decision.ImplicitDeny deny -> "no " + deny.missing().text() + " allows it";
    };
  }

  private static String statement(Matched by) {
    return by.kind().text()
        + " "
        + by.policy()
        + ", statement "
        + (by.sid().isEmpty() ? String.valueOf(by.index()) : by.sid());
  }
}
