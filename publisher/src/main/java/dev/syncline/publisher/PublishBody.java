// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The body of a publish request, and how a long list is cut into several. */
final class PublishBody {
  private static final byte[] SEPARATOR = {'"', ',', '"'};
  private static final byte[] END = {'"', ']', '}'};

  private PublishBody() {}

  /**
   * Cuts a list into requests, in order. The service counts events; it also limits the bytes of a
   * request, and since it is not documented whether escapes count, here they do. An event that is
   * alone in its request is sent whatever its escapes add.
   */
  static List<List<EncodedEvent>> split(EventChannel channel, List<EncodedEvent> events) {
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

  static byte[] encode(EventChannel channel, List<EncodedEvent> events) {
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

  private static byte[] start(EventChannel channel) {
    // A channel needs no escaping: its grammar allows nothing that does.
    return ("{\"channel\":\"" + channel.path() + "\",\"events\":[\"")
        .getBytes(StandardCharsets.UTF_8);
  }
}
