// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * The file modes of a zip file's entries, which are in its central directory and which the JDK's
 * reader does not give. Source: the .ZIP File Format Specification, 4.3.12 and 4.3.16.
 */
final class ZipModes {
  /** The bits of a mode that say that the entry is a symbolic link. */
  private static final int LINK = 0120000;

  private static final int TYPE = 0170000;
  private static final int PERMISSIONS = 0777;
  private static final int UNIX = 3;
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 65_535;
  private static final int HEADER = 0x02014b50;
  private static final int HEADER_SIZE = 46;
  private static final int MAX_DIRECTORY = 64 << 20;

  private final Map<String, Integer> modes;

  private ZipModes(Map<String, Integer> modes) {
    this.modes = modes;
  }

  /**
   * Reads them; an archive in the Zip64 format has none.
   *
   * @throws IOException when the file cannot be read or is not a zip file
   */
  static ZipModes of(Path archive) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(archive)) {
      int tail = (int) Math.min(file.size(), END_SIZE + MAX_COMMENT);
      ByteBuffer end = read(file, file.size() - tail, tail);
      int at = tail - END_SIZE;
      while (at >= 0 && end.getInt(at) != END) {
        at--;
      }
      if (at < 0) {
        throw new ZipException("no end of the central directory");
      }
      long size = Integer.toUnsignedLong(end.getInt(at + 12));
      long offset = Integer.toUnsignedLong(end.getInt(at + 16));
      long before = file.size() - tail + at - size;
      if (offset == 0xFFFFFFFFL || size > MAX_DIRECTORY || before < 0) {
        return new ZipModes(Map.of());
      }
      return new ZipModes(entries(read(file, before, (int) size)));
    }
  }

  private static Map<String, Integer> entries(ByteBuffer directory) {
    var modes = new HashMap<String, Integer>();
    int at = 0;
    while (at + HEADER_SIZE <= directory.limit() && directory.getInt(at) == HEADER) {
      int name = Short.toUnsignedInt(directory.getShort(at + 28));
      int extra = Short.toUnsignedInt(directory.getShort(at + 30));
      int comment = Short.toUnsignedInt(directory.getShort(at + 32));
      int mode = directory.getInt(at + 38) >>> 16;
      if (directory.get(at + 5) == UNIX
          && mode != 0
          && at + HEADER_SIZE + name <= directory.limit()) {
        byte[] bytes = new byte[name];
        directory.get(at + HEADER_SIZE, bytes);
        modes.put(new String(bytes, StandardCharsets.UTF_8), mode);
      }
      at += HEADER_SIZE + name + extra + comment;
    }
    return modes;
  }

  private static ByteBuffer read(SeekableByteChannel file, long from, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.position(from);
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw new ZipException("the file ends early");
      }
    }
    return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  boolean isLink(String entry) {
    return (modes.getOrDefault(entry, 0) & TYPE) == LINK;
  }

  /** The permissions of an entry, {@code otherwise} where the archive has none. */
  int permissions(String entry, int otherwise) {
    Integer mode = modes.get(entry);
    return mode == null ? otherwise : mode & PERMISSIONS;
  }
}
