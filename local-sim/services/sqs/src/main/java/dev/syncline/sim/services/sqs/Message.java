// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * * A sent message. Immutable.
 *
 * @param attributes in order of name
 * @param traceHeader {@code AWSTraceHeader}
 * @param groupId of a FIFO queue the group, of a standard queue the tenant
 * @param deduplicationId FIFO queues only
 * @param deadLetterSource the queue that it was moved from, as a dead letter
 */
record Message(
    String id,
    String body,
    Map<String, MessageAttribute> attributes,
    @Nullable String traceHeader,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    Instant sent,
    @Nullable String deadLetterSource) {

  /** The same as a dead letter. */
  Message from(String source) {
    return new Message(id, body, attributes, traceHeader, groupId, deduplicationId, sent, source);
  }

  /** The same as a redrive sends it: with another id and time. */
  Message redriven(String newId, Instant now) {
    return new Message(newId, body, attributes, traceHeader, groupId, deduplicationId, now, null);
  }
}
