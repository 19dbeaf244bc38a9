// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A message as a consumer of a queue receives it. {@code sqs} provides it; {@code lambda} reads it.
 * Immutable.
 */
public interface QueueMessage {
  /** The message's id. */
  String id();

  /** The receipt handle of this receive. */
  String receipt();

  /** The body as it was sent. */
  String body();

  /** The group of a message of a FIFO queue, the tenant of one of a standard queue, or empty. */
  String group();

  /** The MD5 of the body, hexadecimal. */
  String bodyDigest();

  /** The MD5 of the attributes, hexadecimal. */
  String attributeDigest();

  /** Every system attribute, by name. */
  Map<String, String> systemAttributes();

  /** The attributes of the message: name by {@code DataType} and value, as the API writes them. */
  Map<String, ObjectNode> attributes();
}
