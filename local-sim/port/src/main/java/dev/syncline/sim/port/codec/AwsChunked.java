// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.RestXmlErrors;
import dev.syncline.sim.service.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The {@code aws-chunked} content encoding: chunks with an optional signature each, then trailers.
 * Signatures are not checked. Source: S3's guide to signing, "Transferring payload in multiple
 * chunks".
 */
final class AwsChunked {
  private final byte[] body;
  private int at;

  private AwsChunked(byte[] body) {
    this.body = body;
  }

  /** Whether the request's body is encoded so. */
  static boolean isUsedBy(Headers headers) {
    return headers.first("x-amz-content-sha256").orElse("").startsWith("STREAMING-")
        || headers
            .first("content-encoding")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .contains("aws-chunked");
  }

  /**
   * Decodes a whole body.
   *
   * @throws dev.syncline.sim.service.AwsException {@code IncompleteBody} when it ends early or is
   *     not of the length in {@code x-amz-decoded-content-length}
   */
  static Decoded decode(Headers headers, byte[] body) {
    String length = headers.first("x-amz-decoded-content-length").orElse("").strip();
    boolean announced = length.matches("\\d{1,9}") && Integer.parseInt(length) <= body.length;
    Decoded decoded =
        new AwsChunked(body).decode(announced ? Integer.parseInt(length) : body.length);
    if (!length.isEmpty() && !length.equals(Integer.toString(decoded.content.length))) {
      throw RestXmlErrors.incompleteBody();
    }
    return decoded;
  }

  private Decoded decode(int expected) {
    // Of the announced length, so that a large body is copied once.
    byte[] content = new byte[expected];
    int length = 0;
    while (true) {
      int size = chunkSize(line());
      if (size == 0) {
        return new Decoded(
            length == content.length ? content : Arrays.copyOf(content, length), trailers());
      }
      if (size > body.length - at) {
        throw RestXmlErrors.incompleteBody();
      }
      if (size > content.length - length) {
        content = Arrays.copyOf(content, Math.max(length + size, body.length));
      }
      System.arraycopy(body, at, content, length, size);
      length += size;
      at += size;
      if (!line().isEmpty()) {
        throw RestXmlErrors.incompleteBody();
      }
    }
  }

  private Headers trailers() {
    Headers trailers = Headers.EMPTY;
    while (at < body.length) {
      String line = line();
      int colon = line.indexOf(':');
      if (colon > 0) {
        trailers =
            trailers.with(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return trailers;
  }

  private static int chunkSize(String line) {
    int end = line.indexOf(';');
    try {
      int size = Integer.parseInt((end < 0 ? line : line.substring(0, end)).strip(), 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException notHexadecimal) {
      // Answered below.
    }
    throw RestXmlErrors.incompleteBody();
  }

  private String line() {
    for (int end = at; end + 1 < body.length; end++) {
      if (body[end] == '\r' && body[end + 1] == '\n') {
        String line = new String(body, at, end - at, StandardCharsets.ISO_8859_1);
        at = end + 2;
        return line;
      }
    }
    throw RestXmlErrors.incompleteBody();
  }

  /** The content and the headers that came after it. */
  record Decoded(byte[] content, Headers trailers) {}
}
