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
   * Let the subscription receive, then answer with {@link ConnectionProtocol#acknowledge}; or
   * refuse it after all with {@link ConnectionProtocol#refuse}.
   */
  record Admit(Subscription subscription) implements Effect {}

  /** Let the subscription receive no more. */
  record Retire(Subscription subscription) implements Effect {}

  /** Broadcast the accepted events of a publication; its answer has been sent before. */
  record Broadcast(Publication publication) implements Effect {}
}
