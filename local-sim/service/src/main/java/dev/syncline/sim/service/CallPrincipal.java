// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who makes a call, as far as permissions depend on it. Immutable. */
public sealed interface CallPrincipal {
  /** The simulator itself: no permission is needed. */
  CallPrincipal INTERNAL = new Internal();

  /** A request without credentials. */
  CallPrincipal ANONYMOUS = new Anonymous();

  /** See {@link #INTERNAL}. */
  record Internal() implements CallPrincipal {}

  /** See {@link #ANONYMOUS}. */
  record Anonymous() implements CallPrincipal {}

  /**
   * The owner of an access key.
   *
   * @param accessKeyId of a user or a session; an id that IAM and STS do not know belongs to the
   *     account's root user
   */
  record Signed(String accessKeyId) implements CallPrincipal {}

  /**
   * A service that acts with a role of the user's, such as the role of a state machine.
   *
   * @param roleArn of the role
   * @param sessionName the last part of the ARN of the session
   */
  record RoleSession(String roleArn, String sessionName) implements CallPrincipal {}

  /**
   * A service that acts in its own name: resource policies decide.
   *
   * @param principal such as {@code apigateway.amazonaws.com}
   * @param sourceArn the resource that the call is made for; null when the service sends none
   * @param sourceAccount 12 digits; null when the service sends none
   */
  record Service(String principal, @Nullable String sourceArn, @Nullable String sourceAccount)
      implements CallPrincipal {}

  /**
   * A service that forwards the access of its caller, as CloudFormation does without a role.
   *
   * @param caller who called the service
   * @param via the service, such as {@code cloudformation.amazonaws.com}
   */
  record Forwarded(CallPrincipal caller, String via) implements CallPrincipal {}

  /** The access key that signed the call; empty when the caller has none. */
  default Optional<String> accessKey() {
    return switch (this) {
      case Signed signed -> Optional.of(signed.accessKeyId());
      case Forwarded forwarded -> forwarded.caller().accessKey();
      case Internal internal -> Optional.empty();
      case Anonymous anonymous -> Optional.empty();
      case RoleSession session -> Optional.empty();
      case Service service -> Optional.empty();
    };
  }
}
