// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/** What the owner of a connection has to do, in order. */
public sealed interface Effect {

  /** Send a frame. */
  record Send(String frame) implements Effect {}

  /**
   * Send an error frame, and note the refusal.
   *
   * @param operation {@code subscribe}, {@code unsubscribe}, {@code publish}, or {@code message}
   *     for what is none of them
   * @param channel as the client gave it, shortened; empty when it gave none
   */
  record Refuse(String operation, String channel, Refusal refusal, String frame)
      implements Effect {}

  /** Begin with keep-alives if that has not been done: the client has spoken. */
  record KeepAlive() implements Effect {}

  /**
   * Find out who that is, then go on with {@link ConnectionProtocol#authorized}. Verifying may
   * block.
   *
   * @param step what goes on; not to be looked into
   */
  record Authorize(AuthRequest request, Step step) implements Effect {}

  /** What a connection was about to do. Opaque. */
  sealed interface Step permits ConnectionProtocol.Subscribing, ConnectionProtocol.Publishing {}

  /**
   * Let the subscription receive, then answer with {@link ConnectionProtocol#acknowledge}; or
   * refuse it after all with {@link ConnectionProtocol#refuse}.
   *
   * @param who asked for it
   */
  record Admit(Subscription subscription, AuthDecision.Granted who) implements Effect {}

  /** Let the subscription receive no more. */
  record Retire(Subscription subscription) implements Effect {}

  /**
   * Carry a publication out: hand it to the namespace's handler if it has one, answer with {@link
   * ConnectionProtocol#published}, then broadcast what was accepted.
   *
   * @param id the client's name for the operation
   * @param who published
   */
  record Publish(String id, Publication publication, AuthDecision.Granted who) implements Effect {}
}
