// SPDX-License-Identifier: Apache-2.0
package dev.syncline.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zip files for tests, such as packages of functions. */
public final class TestZip {
  private TestZip() {}

  /** A file with one entry, a text. */
  public static byte[] of(String name, String text) {
    return of(Map.of(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A file with these entries. */
  public static byte[] of(Map<String, byte[]> entries) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** A file with one entry, a text, in Base64. */
  public static String base64(String name, String text) {
    return Base64.getEncoder().encodeToString(of(name, text));
  }
}
