// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes classes of this program under other names, so that they take the place of classes of a
 * library without being on our own class path under its names. Only names in the constant pool
 * change, so no code moves.
 */
final class RenamedClasses {
  private static final int UTF8 = 1;

  private RenamedClasses() {}

  /**
   * Writes class files.
   *
   * @param loaded a class of this program, whose loader has all of them
   * @param classes the internal names of the classes to write, such as {@code a/b/C}
   * @param names the new internal names by the old ones; a nested class is renamed with its outer
   *     class
   */
  static void write(
      Path directory, Class<?> loaded, List<String> classes, Map<String, String> names)
      throws IOException {
    for (String name : classes) {
      try (InputStream file = loaded.getResourceAsStream("/" + name + ".class")) {
        if (file == null) {
          throw new IllegalStateException("the class " + name + " is missing");
        }
        Path target = directory.resolve(renamed(name, names) + ".class");
        Files.createDirectories(target.resolveSibling("."));
        Files.write(target, renamed(file.readAllBytes(), names));
      }
    }
  }

  private static byte[] renamed(byte[] classFile, Map<String, String> names) {
    var result = new ByteArrayOutputStream(classFile.length + 1024);
    try (var in = new DataInputStream(new java.io.ByteArrayInputStream(classFile));
        var out = new DataOutputStream(result)) {
      out.writeLong(in.readLong());
      int entries = in.readUnsignedShort();
      out.writeShort(entries);
      for (int index = 1; index < entries; index++) {
        int tag = in.readUnsignedByte();
        out.writeByte(tag);
        if (tag == UTF8) {
          out.writeUTF(renamed(in.readUTF(), names));
        } else {
          out.write(in.readNBytes(length(tag)));
          // A long or double takes two places.
          index += tag == 5 || tag == 6 ? 1 : 0;
        }
      }
      out.write(in.readAllBytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return result.toByteArray();
  }

  private static int length(int tag) {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IllegalStateException("unknown constant " + tag);
    };
  }

  private static String renamed(String text, Map<String, String> names) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    return result;
  }
}
