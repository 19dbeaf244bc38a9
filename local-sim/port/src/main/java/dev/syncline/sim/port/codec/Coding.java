// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The content codings of HTTP that are read and written: {@code gzip} of one or more members, and
 * {@code deflate}, which is the zlib format (RFC 9110, section 8.4.1).
 */
enum Coding {
  GZIP {
    @Override
    InputStream reader(InputStream in) throws IOException {
      return new GZIPInputStream(in);
    }

    @Override
    OutputStream writer(OutputStream out) throws IOException {
      return new GZIPOutputStream(out);
    }
  },
  DEFLATE {
    @Override
    InputStream reader(InputStream in) {
      return new InflaterInputStream(in);
    }

    @Override
    OutputStream writer(OutputStream out) {
      return new DeflaterOutputStream(out);
    }
  };

  private static final int BLOCK = 64 * 1024;

  abstract InputStream reader(InputStream in) throws IOException;

  abstract OutputStream writer(OutputStream out) throws IOException;

  /** The coding of that name, in any case. */
  static Optional<Coding> named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "gzip" -> Optional.of(GZIP);
      case "deflate" -> Optional.of(DEFLATE);
      default -> Optional.empty();
    };
  }

  /** The first coding that an {@code Accept-Encoding} names and does not exclude by {@code q=0}. */
  static Optional<Coding> accepted(String acceptEncoding) {
    for (String entry : acceptEncoding.split(",", -1)) {
      String[] parts = entry.split(";", 2);
      Optional<Coding> coding = named(parts[0]);
      boolean excluded = parts.length == 2 && parts[1].strip().matches("[qQ] *= *0(\\.0*)?");
      if (coding.isPresent() && !excluded) {
        return coding;
      }
    }
    return Optional.empty();
  }

  /** As in {@code Content-Encoding}. */
  String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Decompresses, at most to {@code max} bytes and one more.
   *
   * @throws IOException for content that is not of this coding, or ends too early
   */
  byte[] decode(byte[] content, int max) throws IOException {
    var out = new ByteArrayOutputStream();
    try (InputStream in = reader(new ByteArrayInputStream(content))) {
      byte[] block = new byte[BLOCK];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        out.write(block, 0, Math.min(read, max + 1 - out.size()));
        if (out.size() > max) {
          break;
        }
      }
    }
    return out.toByteArray();
  }

  /** Compresses. */
  byte[] encode(byte[] content) {
    var out = new ByteArrayOutputStream(content.length / 4);
    try (OutputStream writer = writer(out)) {
      writer.write(content);
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot be written", impossible);
    }
    return out.toByteArray();
  }
}
