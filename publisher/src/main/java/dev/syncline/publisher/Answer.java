// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.io.IOException;
import java.util.List;

/** What became of one request. Indexes are those of the request, not of the caller's list. */
sealed interface Answer {

  /** 200 and a body that says what became of each event. */
  record Accepted(List<PublishedEvent> successful, List<FailedEvent> failed) implements Answer {}

  /** Any other status; type and message are empty if the body does not give them. */
  record Refused(int status, String errorType, String message) implements Answer {}

  /** 200 and a body that is not the service's. */
  record NotUnderstood(int status, String why) implements Answer {}

  /** No answer. */
  record Unreachable(IOException cause) implements Answer {}
}
