// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records what happens to messages in the journal, without their bodies. The correlation id is the
 * {@code id} of a body that is a JSON object with one. Thread-safe.
 */
record SqsEvents(Journal journal) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_ID_LENGTH = 128;

  /** An event of one message. */
  private sealed interface MessageEvent extends JournalRecord {
    @Override
    default String source() {
      return "sqs";
    }
  }

  private record MessageSent(
      @Hidden @Nullable String correlationId, String queue, String messageId, long delaySeconds)
      implements MessageEvent {}

  private record MessageReceived(
      @Hidden @Nullable String correlationId, String queue, String messageId, int receiveCount)
      implements MessageEvent {}

  private record MessageDeleted(
      @Hidden @Nullable String correlationId, String queue, String messageId)
      implements MessageEvent {}

  private record MessageDeadLettered(
      @Hidden @Nullable String correlationId, String queue, String messageId, String target)
      implements MessageEvent {}

  void sent(String queue, Message message, Duration delay) {
    journal.record(new MessageSent(id(message.body()), queue, message.id(), delay.toSeconds()));
  }

  void received(String queue, List<ReceivedMessage> messages) {
    for (ReceivedMessage received : messages) {
      Message message = received.message();
      journal.record(
          new MessageReceived(id(message.body()), queue, message.id(), received.receives()));
    }
  }

  void deleted(String queue, Message message) {
    journal.record(new MessageDeleted(id(message.body()), queue, message.id()));
  }

  void deadLetter(String queue, String targetArn, Message message) {
    journal.record(new MessageDeadLettered(id(message.body()), queue, message.id(), targetArn));
  }

  private static @Nullable String id(String body) {
    if (body.isEmpty() || body.charAt(0) != '{') {
      return null;
    }
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("id");
        JsonToken value = parser.nextToken();
        if (found) {
          String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
          return text.isEmpty() || text.length() > MAX_ID_LENGTH ? null : text;
        }
        parser.skipChildren();
      }
    } catch (IOException notJson) {
      // A body need not be JSON.
    }
    return null;
  }
}
