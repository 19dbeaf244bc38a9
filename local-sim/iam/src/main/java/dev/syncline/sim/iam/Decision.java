// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/** The result of an evaluation. Immutable. */
public sealed interface Decision {
  /**
   * A statement that decided.
   *
   * @param policy the policy's name
   * @param index of the statement, from 0
   * @param sid empty for none
   */
  record Matched(PolicyKind kind, String policy, int index, String sid) {}

  /** A statement allows it. The account's root user is allowed without a statement. */
  record Allowed(java.util.Optional<Matched> by) implements Decision {}

  /** A statement denies it. */
  record ExplicitDeny(Matched by) implements Decision {}

  /** No statement allows it. {@code missing} is the kind of policy that would have to. */
  record ImplicitDeny(PolicyKind missing) implements Decision {}

  /** Whether the request may go on. */
  default boolean allowed() {
    return this instanceof Allowed;
  }

  /** The end of AWS's message for a refused action, with a leading space; empty when allowed. */
  default String tail(String action) {
    return switch (this) {
      case Allowed allowed -> "";
      case ExplicitDeny deny ->
          " with an explicit deny in a"
              + (deny.by().kind() == PolicyKind.IDENTITY ? "n " : " ")
              + deny.by().kind().text();
      case ImplicitDeny deny ->
          " because no " + deny.missing().text() + " allows the " + action + " action";
    };
  }
}
