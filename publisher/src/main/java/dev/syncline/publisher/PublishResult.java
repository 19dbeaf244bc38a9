// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.util.List;

/**
 * A publish that succeeded for every event.
 *
 * @param events every event in the order given to the publisher
 * @param requests the number of HTTP requests, including retries
 */
public record PublishResult(List<PublishedEvent> events, int requests) {
  /** Copies the list. */
  public PublishResult {
    events = List.copyOf(events);
  }

  /** The service's identifiers in the order of the events. */
  public List<String> identifiers() {
    return events.stream().map(PublishedEvent::identifier).toList();
  }
}
