// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.io.IOException;
import java.util.List;

/** The result of one request. Indexes are those of the request, not of the caller's list. */
sealed interface PublishResponse {

  /** 200 with the result of each event. */
  record Accepted(List<PublishedEvent> successful, List<FailedEvent> failed)
      implements PublishResponse {}

  /** Any other status; type and message are empty if the body lacks them. */
  record Refused(int status, String errorType, String message) implements PublishResponse {}

  /** 200 with a body that is not the service's. */
  record NotUnderstood(int status, String why) implements PublishResponse {}

  /** No response. */
  record Unreachable(IOException cause) implements PublishResponse {}
}
