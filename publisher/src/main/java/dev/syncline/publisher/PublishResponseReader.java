// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the service's response to a publish. Unknown members are ignored, because the service may
 * add some.
 */
final class PublishResponseReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_MESSAGE = 500;

  private PublishResponseReader() {}

  static PublishResponse read(int status, byte[] body) {
    return status == 200 ? accepted(body) : refused(status, body);
  }

  private static PublishResponse accepted(byte[] body) {
    List<PublishedEvent> successful = null;
    List<FailedEvent> failed = null;
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new PublishResponse.NotUnderstood(200, "the body is not a JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (value == JsonToken.START_ARRAY && name.equals("successful")) {
          successful = new ArrayList<>();
          for (Entry entry : entries(json)) {
            successful.add(new PublishedEvent(entry.index, entry.identifier));
          }
        } else if (value == JsonToken.START_ARRAY && name.equals("failed")) {
          failed = new ArrayList<>();
          for (Entry entry : entries(json)) {
            failed.add(
                new FailedEvent(entry.index, entry.identifier, entry.code, shorten(entry.message)));
          }
        } else {
          json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      return new PublishResponse.NotUnderstood(
          200, "the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return new PublishResponse.Unreachable(e);
    }
    if (successful == null || failed == null) {
      return new PublishResponse.NotUnderstood(
          200, "the body has no array \"" + (failed == null ? "failed" : "successful") + "\"");
    }
    return new PublishResponse.Accepted(successful, failed);
  }

  private static PublishResponse refused(int status, byte[] body) {
    String type = "";
    String message = "";
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          if (json.nextToken() == JsonToken.START_ARRAY && name.equals("errors")) {
            List<Entry> errors = entries(json);
            if (!errors.isEmpty()) {
              type = errors.get(0).code;
              message = errors.get(0).message;
            }
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (IOException e) {
      // Not the service's error format, for example from a load balancer: the status suffices.
      return new PublishResponse.Refused(status, type, message);
    }
    return new PublishResponse.Refused(status, type, shorten(message));
  }

  /** The objects of an array, whose start is the current token. */
  private static List<Entry> entries(JsonParser json) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == null) {
        throw new IOException("The answer ends within an array");
      }
      if (token != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      Entry entry = new Entry();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (value.isStructStart()) {
          json.skipChildren();
        } else {
          entry.set(name, json.getValueAsString());
        }
      }
      entries.add(entry);
    }
    return entries;
  }

  private static String shorten(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
  }

  /** An element of {@code successful}, {@code failed} or {@code errors}: their members overlap. */
  private static final class Entry {
    // -1 matches no event: an entry without an index cannot be matched.
    private int index = -1;
    private String identifier = "";
    private String code = "";
    private String message = "";

    private void set(String name, @Nullable String value) {
      String text = value == null ? "" : value;
      switch (name) {
        case "index" -> index = text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
        case "identifier" -> identifier = text;
        // Clients have observed both names for the codes of failed events.
        case "code", "errorCode", "errorType" -> code = text;
        case "message", "errorMessage" -> message = text;
        default -> {
          // Not needed.
        }
      }
    }
  }
}
