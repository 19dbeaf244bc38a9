// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

/**
 * The next action for the owner of a publish request. Each step says which method of {@link
 * Publishing} continues the request with the step's result.
 */
public sealed interface PublishStep {

  /** Verify the credential, which may block; then {@link Publishing#verified}. */
  record Verify(AuthRequest request) implements PublishStep {}

  /**
   * Apply planned faults to the publication; then {@link Publishing#refusedByFault}, or {@link
   * Publishing#admitted} with the number of times that its events are broadcast.
   */
  record StrikeFaults(Publication publication) implements PublishStep {}

  /** Take the events from the API's quota of this second; then {@link Publishing#quotaTaken}. */
  record TakeQuota(Publication publication) implements PublishStep {}

  /**
   * Call the namespace's handler, which may block; then {@link Publishing#handled}.
   *
   * @param who the identity of the publisher
   */
  record CallHandler(Publication publication, AuthDecision.Granted who) implements PublishStep {}

  /**
   * Deliver the accepted events to their subscribers.
   *
   * @param times how often; 0 if a fault drops them
   */
  record Broadcast(Publication publication, int times) implements PublishStep {}

  /** Answer the publisher. */
  record Answer(PublishDecision decision) implements PublishStep {}
}
