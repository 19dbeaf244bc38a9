// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.s3;

import dev.syncline.sim.aws.service.AwsException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The {@code aws-chunked} content coding of streaming signatures: chunks with a size in hexadecimal
 * and perhaps a signature, then trailers. Signatures are not verified.
 *
 * @param trailers by name in lower case
 */
record AwsChunked(byte[] content, Map<String, String> trailers) {

  static AwsChunked decode(byte[] body) {
    var content = new ByteArrayOutputStream(body.length);
    int at = 0;
    while (true) {
      int end = lineEnd(body, at);
      String line = new String(body, at, end - at, StandardCharsets.ISO_8859_1);
      at = end + 2;
      int size = size(line);
      if (size == 0) {
        break;
      }
      if (at + (long) size + 2 > body.length) {
        throw incomplete();
      }
      content.write(body, at, size);
      at += size + 2;
    }
    var trailers = new HashMap<String, String>();
    while (at < body.length) {
      int end = lineEnd(body, at);
      String line = new String(body, at, end - at, StandardCharsets.ISO_8859_1);
      at = end + 2;
      int colon = line.indexOf(':');
      if (colon > 0) {
        trailers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return new AwsChunked(content.toByteArray(), trailers);
  }

  private static int size(String line) {
    int semicolon = line.indexOf(';');
    try {
      int size = Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException malformed) {
      // falls through to the one error below
    }
    throw incomplete();
  }

  private static int lineEnd(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw incomplete();
  }

  private static AwsException incomplete() {
    return AwsException.badRequest(
        "IncompleteBody", "The aws-chunked body is malformed or ends too early.");
  }
}
