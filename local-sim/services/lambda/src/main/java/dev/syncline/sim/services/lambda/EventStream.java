// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Encodes messages of {@code application/vnd.amazon.eventstream}: total length, length of the
 * headers, checksum of the two; headers; payload; checksum of everything before. Source: the Smithy
 * specification, "Amazon Event Stream". Immutable.
 */
final class EventStream {
  static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

  private static final int FRAME = 16;
  private static final byte TEXT = 7;

  private EventStream() {}

  /** An event of this type. */
  static byte[] event(String type, String contentType, byte[] payload) {
    byte[] headers =
        headers(
            Map.of(":event-type", type),
            Map.of(":content-type", contentType),
            Map.of(":message-type", "event"));
    int length = FRAME + headers.length + payload.length;
    ByteBuffer message = ByteBuffer.allocate(length);
    message.putInt(length).putInt(headers.length);
    message.putInt(checksum(message));
    message.put(headers).put(payload);
    message.putInt(checksum(message));
    return message.array();
  }

  @SafeVarargs
  private static byte[] headers(Map<String, String>... all) {
    var bytes = new ByteArrayOutputStream();
    for (Map<String, String> one : all) {
      one.forEach(
          (name, value) -> {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            bytes.write(key.length);
            bytes.writeBytes(key);
            bytes.write(TEXT);
            bytes.write(text.length >>> 8);
            bytes.write(text.length);
            bytes.writeBytes(text);
          });
    }
    return bytes.toByteArray();
  }

  private static int checksum(ByteBuffer written) {
    var crc = new CRC32();
    crc.update(written.array(), 0, written.position());
    return (int) crc.getValue();
  }
}
