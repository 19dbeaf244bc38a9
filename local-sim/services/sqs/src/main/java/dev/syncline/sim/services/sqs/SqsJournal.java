// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.syncline.sim.kernel.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the queues write into the journal; never a body. The correlation id is the {@code id} of a
 * body that is a JSON object with one.
 */
final class SqsJournal {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_ID = 128;

  private final Journal journal;

  SqsJournal(Journal journal) {
    this.journal = journal;
  }

  void sent(String queue, Message message, Duration delay) {
    record("MessageSent", queue, message, Map.of("delaySeconds", Long.toString(delay.toSeconds())));
  }

  void received(String queue, List<ReceivedMessage> messages) {
    for (ReceivedMessage message : messages) {
      record(
          "MessageReceived",
          queue,
          message.message(),
          Map.of("receiveCount", Integer.toString(message.receives())));
    }
  }

  void deleted(String queue, Message message) {
    record("MessageDeleted", queue, message, Map.of());
  }

  void deadLetter(String queue, String targetArn, Message message) {
    record("MessageDeadLettered", queue, message, Map.of("target", targetArn));
  }

  private void record(String what, String queue, Message message, Map<String, String> more) {
    var details = new LinkedHashMap<String, String>();
    details.put("queue", queue);
    details.put("messageId", message.id());
    details.putAll(more);
    journal.record(new SqsEvent("sqs." + what, id(message.body()), details));
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
          return text.isEmpty() || text.length() > LONGEST_ID ? null : text;
        }
        parser.skipChildren();
      }
    } catch (IOException notJson) {
      // A body need not be JSON.
    }
    return null;
  }
}
