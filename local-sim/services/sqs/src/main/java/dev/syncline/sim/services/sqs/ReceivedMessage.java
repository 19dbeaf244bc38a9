// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.QueueMessage;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message as a consumer received it. Immutable. */
record ReceivedMessage(
    Message message,
    String receipt,
    int receives,
    Instant firstReceived,
    long sequence,
    boolean fifo,
    String sender)
    implements QueueMessage {
  private static final BigInteger FIRST_SEQUENCE = new BigInteger("18849496460467696128");
  private static final BigInteger SEQUENCE_STEP = BigInteger.valueOf(256);

  /** A message that has just been received. */
  static ReceivedMessage of(StoredMessage stored, boolean fifo, String sender) {
    String receipt = stored.receipt;
    Instant first = stored.firstReceived;
    if (receipt == null || first == null) {
      throw new IllegalStateException(stored.message.id() + " has not been received");
    }
    return new ReceivedMessage(
        stored.message, receipt, stored.receives, first, stored.sequence, fifo, sender);
  }

  /** The message's id. */
  @Override
  public String id() {
    return message.id();
  }

  /** What was sent. */
  @Override
  public String body() {
    return message.body();
  }

  /** The group of a message of a FIFO queue, the tenant of one of a standard queue, or empty. */
  @Override
  public String group() {
    return message.groupId() == null ? "" : message.groupId();
  }

  /** The MD5 of the body, hexadecimal. */
  @Override
  public String bodyDigest() {
    return Digests.md5(message.body());
  }

  /** The MD5 of the attributes, hexadecimal. */
  @Override
  public String attributeDigest() {
    return Digests.md5(message.attributes());
  }

  /** The sequence number as the service writes it: 20 digits, growing. */
  static String sequenceNumber(long sequence) {
    return FIRST_SEQUENCE.add(BigInteger.valueOf(sequence).multiply(SEQUENCE_STEP)).toString();
  }

  /** Every system attribute, by name. */
  @Override
  public Map<String, String> systemAttributes() {
    var all = new LinkedHashMap<String, String>();
    all.put("ApproximateReceiveCount", Integer.toString(receives));
    if (message.traceHeader() != null) {
      all.put("AWSTraceHeader", message.traceHeader());
    }
    all.put("SentTimestamp", Long.toString(message.sent().toEpochMilli()));
    if (fifo) {
      all.put("SequenceNumber", sequenceNumber(sequence));
    }
    if (message.groupId() != null) {
      all.put("MessageGroupId", message.groupId());
    }
    all.put("SenderId", sender);
    if (message.deduplicationId() != null) {
      all.put("MessageDeduplicationId", message.deduplicationId());
    }
    all.put("ApproximateFirstReceiveTimestamp", Long.toString(firstReceived.toEpochMilli()));
    if (message.deadLetterSource() != null) {
      all.put("DeadLetterQueueSourceArn", message.deadLetterSource());
    }
    return all;
  }

  /** The attributes of the message: name by {@code DataType} and value, as the API writes them. */
  @Override
  public Map<String, ObjectNode> attributes() {
    var all = new LinkedHashMap<String, ObjectNode>();
    message.attributes().forEach((name, attribute) -> all.put(name, attribute.json()));
    return all;
  }

  /** The answer's element, with the attributes that were asked for. */
  ObjectNode json(List<String> systemNames, List<String> names) {
    ObjectNode json =
        Json.object()
            .put("MessageId", id())
            .put("ReceiptHandle", receipt)
            .put("MD5OfBody", bodyDigest())
            .put("Body", body());
    ObjectNode system = Json.object();
    systemAttributes()
        .forEach(
            (name, value) -> {
              if (systemNames.contains("All") || systemNames.contains(name)) {
                system.put(name, value);
              }
            });
    if (!system.isEmpty()) {
      json.set("Attributes", system);
    }
    var wanted = new TreeMap<>(message.attributes());
    wanted.keySet().removeIf(name -> names.stream().noneMatch(asked -> selects(asked, name)));
    if (!wanted.isEmpty()) {
      json.put("MD5OfMessageAttributes", Digests.md5(wanted));
      ObjectNode attributes = json.putObject("MessageAttributes");
      wanted.forEach((name, attribute) -> attributes.set(name, attribute.json()));
    }
    return json;
  }

  /** The prefix ends before the dot: {@code bar.*} also selects {@code bart}, as recorded. */
  private static boolean selects(String asked, String name) {
    return asked.equals("All")
        || asked.equals(name)
        || (asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2)));
  }
}
