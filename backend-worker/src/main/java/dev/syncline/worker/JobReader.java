// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.syncline.publisher.Channel;
import dev.syncline.publisher.InvalidChannelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the object {@code {"id", "replyTo", "event"}} with which the bridge starts a backend, and
 * {@code taskToken}, which a workflow that waits for the job adds. Other members are ignored,
 * because the bridge may add some, such as {@code traceparent}. Thread-safe.
 */
public final class JobReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_ID_LENGTH = 256;

  private JobReader() {}

  /**
   * Reads one job and leaves the stream open.
   *
   * @throws InvalidJobException naming the field, if the job cannot be answered
   * @throws IOException if the stream cannot be read
   */
  public static Job read(InputStream in) throws IOException, InvalidJobException {
    try (JsonParser json = JSON.createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
      return read(json, null);
    }
  }

  /**
   * Reads one job from a text.
   *
   * @throws InvalidJobException naming the field, if the job cannot be answered
   */
  public static Job read(String text) throws InvalidJobException {
    return parse(text, null);
  }

  /**
   * Reads one job of a waiting task.
   *
   * @throws InvalidJobException naming the field; the task can still be failed
   */
  public static Job readTask(String text, String taskToken) throws InvalidJobException {
    return parse(text, taskToken);
  }

  private static Job parse(String text, @Nullable String taskToken) throws InvalidJobException {
    try (JsonParser json = JSON.createParser(text)) {
      return read(json, taskToken);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a String failed", e);
    }
  }

  private static Job read(JsonParser json, @Nullable String givenToken)
      throws IOException, InvalidJobException {
    String id = null;
    String replyTo = null;
    String event = null;
    String taskToken = givenToken;
    try {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidJobException(
            "A job must be a JSON object with id, replyTo and event", null);
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "id" -> id = text(json);
          case "replyTo" -> replyTo = text(json);
          case "event" -> event = text(json);
          case "taskToken" -> taskToken = givenToken == null ? text(json) : skip(json, givenToken);
          default -> json.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw new InvalidJobException("A job must be JSON: " + e.getOriginalMessage(), e);
    }
    String name = visible(required("id", id));
    if (taskToken != null && taskToken.isEmpty()) {
      throw new InvalidJobException("The job's taskToken is empty", null);
    }
    Channel channel =
        taskToken != null && replyTo == null ? null : channel(required("replyTo", replyTo));
    return new Job(name, channel, event, taskToken);
  }

  private static String skip(JsonParser json, String value) throws IOException {
    json.skipChildren();
    return value;
  }

  private static @Nullable String text(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  private static String required(String name, @Nullable String value) throws InvalidJobException {
    if (value == null || value.isEmpty()) {
      throw new InvalidJobException(
          "The job's " + name + " is missing, empty or not a text, so it cannot be answered", null);
    }
    return value;
  }

  /** The id is logged, and a line break could forge a log line. */
  private static String visible(String id) throws InvalidJobException {
    if (id.length() > MAX_ID_LENGTH || id.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw new InvalidJobException(
          "The job's id must be 1 to " + MAX_ID_LENGTH + " visible ASCII characters", null);
    }
    return id;
  }

  private static Channel channel(String replyTo) throws InvalidJobException {
    try {
      return Channel.of(replyTo);
    } catch (InvalidChannelException e) {
      throw new InvalidJobException("The job's replyTo is wrong. " + e.getMessage(), e);
    }
  }
}
