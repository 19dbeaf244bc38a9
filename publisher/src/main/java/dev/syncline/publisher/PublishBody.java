// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The body of a publish request; splits a long list into several requests. */
final class PublishBody {
  private static final byte[] SEPARATOR = {'"', ',', '"'};
  private static final byte[] END = {'"', ']', '}'};

  private PublishBody() {}

  /**
   * Splits a list into requests, in order. The service limits the events and the bytes of a
   * request. It is not documented whether escapes count, so here they count. An event that is alone
   * in its request is sent with any number of escapes.
   */
  static List<List<EncodedEvent>> split(Channel channel, List<EncodedEvent> events) {
    List<List<EncodedEvent>> requests = new ArrayList<>();
    List<EncodedEvent> current = new ArrayList<>();
    int empty = start(channel).length + END.length;
    int bytes = empty;
    for (EncodedEvent event : events) {
      int added = event.quoted().length + SEPARATOR.length;
      boolean full =
          current.size() == EventPublisher.MAX_EVENTS_PER_REQUEST
              || bytes + added > EventPublisher.MAX_REQUEST_BYTES;
      if (full && !current.isEmpty()) {
        requests.add(current);
        current = new ArrayList<>();
        bytes = empty;
      }
      current.add(event);
      bytes += added;
    }
    if (!current.isEmpty()) {
      requests.add(current);
    }
    return requests;
  }

  static byte[] encode(Channel channel, List<EncodedEvent> events) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(start(channel));
    for (int i = 0; i < events.size(); i++) {
      if (i > 0) {
        body.writeBytes(SEPARATOR);
      }
      body.writeBytes(events.get(i).quoted());
    }
    body.writeBytes(END);
    return body.toByteArray();
  }

  private static byte[] start(Channel channel) {
    // A channel contains no character that JSON would escape.
    return ("{\"channel\":\"" + channel.path() + "\",\"events\":[\"")
        .getBytes(StandardCharsets.UTF_8);
  }
}
