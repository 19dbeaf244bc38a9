// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import dev.syncline.sim.aws.service.AwsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks deployment packages, each content once. A plain {@code .jar} is a zip like any other.
 *
 * <p>Thread-safe.
 */
final class CodeStore {
  private static final long MAX_UNZIPPED = 262_144_000;

  private final Path directory;

  CodeStore(Path directory) {
    this.directory = directory;
  }

  CodePackage unpack(byte[] zip) {
    byte[] digest = sha256(zip);
    Path target = directory.resolve(HexFormat.of().formatHex(digest));
    var unpacked = new CodePackage(Base64.getEncoder().encodeToString(digest), zip.length, target);
    synchronized (this) {
      if (Files.isDirectory(target)) {
        return unpacked;
      }
      try {
        Files.createDirectories(directory);
        Path partial = Files.createTempDirectory(directory, "unpacking-");
        unzip(zip, partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException another) {
        return unpacked;
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot unpack a function into " + directory, failure);
      }
    }
    return unpacked;
  }

  private static void unzip(byte[] content, Path target) throws IOException {
    long total = 0;
    int entries = 0;
    var buffer = new byte[64 * 1024];
    // A package has thousands of files in hundreds of directories: each is made once.
    var made = new HashSet<Path>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        entries++;
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw notAZip();
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Path parent = file.getParent();
          if (made.add(parent)) {
            Files.createDirectories(parent);
          }
          total += copy(zip, file, MAX_UNZIPPED - total, buffer);
        }
        entry = zip.getNextEntry();
      }
    } catch (java.util.zip.ZipException damaged) {
      throw notAZip();
    }
    if (entries == 0) {
      throw notAZip();
    }
  }

  private static long copy(InputStream from, Path to, long most, byte[] buffer) throws IOException {
    long copied = 0;
    try (var out = Files.newOutputStream(to)) {
      int count = from.read(buffer);
      while (count >= 0) {
        copied += count;
        if (copied > most) {
          throw AwsException.badRequest(
              "InvalidParameterValueException",
              "Unzipped size must be smaller than " + MAX_UNZIPPED + " bytes");
        }
        out.write(buffer, 0, count);
        count = from.read(buffer);
      }
    }
    return copied;
  }

  private static AwsException notAZip() {
    return AwsException.badRequest(
        "InvalidParameterValueException",
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
