// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Optional;

/**
 * The handlers of channel namespaces: they run after authorization and before delivery. They may
 * block; do not call them under a lock. Implementations are thread-safe.
 */
public interface NamespaceHandlers {
  /** No namespace has a handler. */
  NamespaceHandlers NONE =
      new NamespaceHandlers() {
        @Override
        public PublishDecision onPublish(
            ApiConfig api,
            Publication publication,
            AuthRequest.Caller caller,
            AuthDecision.Granted who) {
          return publication;
        }

        @Override
        public Optional<Refusal> onSubscribe(
            ApiConfig api,
            ChannelPattern pattern,
            AuthRequest.Caller caller,
            AuthDecision.Granted who) {
          return Optional.empty();
        }
      };

  /**
   * Passes the accepted events of a publication to the handler of its namespace.
   *
   * @return the events to broadcast and the events that fail, or a refusal of the whole request;
   *     {@code publication} itself if the namespace has no handler
   */
  PublishDecision onPublish(
      ApiConfig api, Publication publication, AuthRequest.Caller caller, AuthDecision.Granted who);

  /** The handler's refusal of the subscription; empty if it accepts or no handler exists. */
  Optional<Refusal> onSubscribe(
      ApiConfig api, ChannelPattern pattern, AuthRequest.Caller caller, AuthDecision.Granted who);
}
