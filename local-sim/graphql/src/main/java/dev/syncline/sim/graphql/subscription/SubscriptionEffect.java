// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

/** An action for the owner of a connection. Actions are carried out in order. */
public sealed interface SubscriptionEffect {
  /** Send a frame. */
  record Send(String frame) implements SubscriptionEffect {}

  /**
   * Send an error frame, and record the refusal.
   *
   * @param operation {@code start}, {@code stop}, or {@code message} for any other message
   */
  record Refuse(String operation, RealtimeError error, String frame)
      implements SubscriptionEffect {}

  /** Start keep-alives, if they have not started. */
  record KeepAlive() implements SubscriptionEffect {}

  /**
   * Verify the credential and resolve the subscription field, which may block. Then answer with
   * {@link SubscriptionProtocol#acknowledge} or {@link SubscriptionProtocol#refuse}.
   */
  record Start(StartRequest request) implements SubscriptionEffect {}

  /** Stop delivering to a subscription. */
  record Retire(String id) implements SubscriptionEffect {}
}
