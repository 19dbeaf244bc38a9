// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.Optional;

/**
 * The handlers of channel namespaces: what runs after authorization and before anything is
 * delivered. They may block, so nobody calls them under a lock. Implementations are thread-safe.
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
   * Hands the accepted events of a publication to the handler of its namespace.
   *
   * @return what becomes of them: which are broadcast with what content, which fail, or that the
   *     whole request is refused. The publication itself when there is no handler
   */
  PublishDecision onPublish(
      ApiConfig api, Publication publication, AuthRequest.Caller caller, AuthDecision.Granted who);

  /** Why the handler does not let the subscription begin; empty when it does or there is none. */
  Optional<Refusal> onSubscribe(
      ApiConfig api, ChannelPattern pattern, AuthRequest.Caller caller, AuthDecision.Granted who);
}
