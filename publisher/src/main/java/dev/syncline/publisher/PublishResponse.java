// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.io.IOException;
import java.util.List;

/** What became of one request. Indexes are those of the request, not of the caller's list. */
sealed interface PublishResponse {

  /** 200 and a body that says what became of each event. */
  record Accepted(List<PublishedEvent> successful, List<FailedEvent> failed) implements PublishResponse {}

  /** Any other status; type and message are empty if the body does not give them. */
  record Refused(int status, String errorType, String message) implements PublishResponse {}

  /** 200 and a body that is not the service's. */
  record NotUnderstood(int status, String why) implements PublishResponse {}

  /** No answer. */
  record Unreachable(IOException cause) implements PublishResponse {}
}
