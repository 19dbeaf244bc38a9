// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** An action for the owner of a connection. Actions are carried out in order. */
public sealed interface ConnectionEffect {

  /** Send a frame. */
  record Send(String frame) implements ConnectionEffect {}

  /**
   * Send an error frame, and record the refusal.
   *
   * @param operation {@code subscribe}, {@code unsubscribe}, {@code publish}, or {@code message}
   *     for any other message
   * @param channel as the client gave it, shortened; empty when it gave none
   */
  record Refuse(String operation, String channel, Refusal refusal, String frame)
      implements ConnectionEffect {}

  /** Start keep-alives at the client's first frame. */
  record KeepAlive() implements ConnectionEffect {}

  /**
   * Verify the credential, then continue with {@link ConnectionProtocol#authorized}. Verification
   * may block.
   *
   * @param step the request to continue, once and with one decision; opaque
   */
  record Authorize(AuthRequest request, Step step) implements ConnectionEffect {}

  /** The request that waits for the decision. Opaque. */
  sealed interface Step
      permits ConnectionProtocol.SubscribeRequest, ConnectionProtocol.PublishRequest {}

  /**
   * Let the subscription receive, then answer with {@link ConnectionProtocol#acknowledge}; or
   * refuse it after all with {@link ConnectionProtocol#refuse}.
   *
   * @param who the identity of the subscriber
   */
  record Admit(Subscription subscription, AuthDecision.Granted who) implements ConnectionEffect {}

  /** Let the subscription receive no more. */
  record Retire(Subscription subscription) implements ConnectionEffect {}

  /**
   * Carry out the rest of a publish request, from {@code next} on; answer with {@link
   * ConnectionProtocol#published}.
   *
   * @param id the client's name for the operation
   */
  record Publish(String id, Publishing publishing, PublishStep.StrikeFaults next)
      implements ConnectionEffect {
    /** The request's events, as validated. */
    public Publication publication() {
      return next.publication();
    }
  }
}
