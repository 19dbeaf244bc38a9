// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One event, validated and escaped once for all requests that send it.
 *
 * @param index its position in the caller's list
 * @param quoted the event text as the inside of a JSON string, in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Package-private; never compared and never printed.
record EncodedEvent(int index, byte[] quoted) {

  // The size is checked first, so the parser's own limits are raised to it.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(EventPublisher.MAX_EVENT_BYTES)
                  .maxNumberLength(EventPublisher.MAX_EVENT_BYTES)
                  .maxNameLength(EventPublisher.MAX_EVENT_BYTES)
                  .maxNestingDepth(EventPublisher.MAX_EVENT_BYTES)
                  .build())
          .build();

  /**
   * Validates size and syntax.
   *
   * @throws EventTooLargeException if it is above the limit
   * @throws IllegalArgumentException if it is not one JSON value, or cannot be written in UTF-8
   */
  static EncodedEvent of(int index, String text) {
    long bytes = utf8Length(index, text);
    if (bytes > EventPublisher.MAX_EVENT_BYTES) {
      throw new EventTooLargeException(index, bytes);
    }
    requireJson(index, text);
    return new EncodedEvent(index, JsonStringEncoder.getInstance().quoteAsUTF8(text));
  }

  private static long utf8Length(int index, String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new IllegalArgumentException(
            "Event "
                + index
                + " has half of a surrogate pair at position "
                + i
                + ", which UTF-8 cannot carry; nothing was sent");
      }
    }
    return bytes;
  }

  private static void requireJson(int index, String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException(
            "Event " + index + " is empty, not JSON; nothing was sent");
      }
      parser.skipChildren();
      // A scalar is parsed lazily; without this an invalid escape or number would pass.
      parser.finishToken();
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException(
            "Event " + index + " is more than one JSON value; nothing was sent");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Event " + index + " is not JSON: " + e.getOriginalMessage() + "; nothing was sent", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading a String failed", e);
    }
  }
}
