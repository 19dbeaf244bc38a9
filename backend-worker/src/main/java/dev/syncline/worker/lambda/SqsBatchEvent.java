// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.syncline.worker.queue.JobMessage;
import dev.syncline.worker.queue.SqsJobQueue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event with which an SQS event source mapping invokes a function. Immutable.
 *
 * @param queueArn the queue; empty without messages
 */
record SqsBatchEvent(String queueArn, List<JobMessage> messages) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads {@code {"Records":[…]}} and leaves the stream open.
   *
   * @throws IllegalArgumentException naming the missing member, if it is another kind of event: the
   *     mapping or the handler is wrong
   */
  static SqsBatchEvent read(InputStream in) throws IOException {
    List<JobMessage> messages = new ArrayList<>();
    String queueArn = "";
    boolean records = false;
    try (JsonParser json = JSON.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "a JSON object");
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (!name.equals("Records")) {
          json.skipChildren();
          continue;
        }
        records = true;
        require(value == JsonToken.START_ARRAY, "Records as an array");
        while (json.nextToken() == JsonToken.START_OBJECT) {
          Fields record = new Fields(json);
          queueArn = record.text("eventSourceARN");
          messages.add(
              SqsJobQueue.message(
                  record.text("messageId"),
                  record.text("receiptHandle"),
                  record.text("body"),
                  record.attributes,
                  record.stillToWait));
        }
      }
    }
    require(records, "Records");
    return new SqsBatchEvent(queueArn, List.copyOf(messages));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "This handler is for the event source mapping of an SQS queue, whose events have "
              + what
              + "; for asynchronous invocations use WorkerHandler");
    }
  }

  /** The members of one record. */
  private static final class Fields {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> attributes = new HashMap<>();
    private @Nullable String stillToWait;

    Fields(JsonParser json) throws IOException {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (name.equals("attributes") && value == JsonToken.START_OBJECT) {
          readTexts(json, attributes);
        } else if (name.equals("messageAttributes") && value == JsonToken.START_OBJECT) {
          readMessageAttributes(json);
        } else if (value == JsonToken.VALUE_STRING) {
          texts.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }

    private static void readTexts(JsonParser json, Map<String, String> into) throws IOException {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          into.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }

    private void readMessageAttributes(JsonParser json) throws IOException {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        if (json.nextToken() == JsonToken.START_OBJECT) {
          Map<String, String> value = new HashMap<>();
          readTexts(json, value);
          if (name.equals(JobMessage.STILL_TO_WAIT)) {
            stillToWait = value.get("stringValue");
          }
        } else {
          json.skipChildren();
        }
      }
    }

    String text(String name) {
      String text = texts.get(name);
      require(text != null, name + " in each record");
      return text == null ? "" : text;
    }
  }
}
