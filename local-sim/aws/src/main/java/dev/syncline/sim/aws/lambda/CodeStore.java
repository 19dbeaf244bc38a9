// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.lambda.FunctionCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Keeps deployment packages, each content once. A plain {@code .jar} is a zip like any other.
 *
 * <p>A package is laid out as {@code DIGEST/package.jar} and {@code DIGEST/task/}; the latter is
 * the function's working directory and has every file that is not a class. Classes are loaded from
 * the package itself, unless it is signed: a signature holds for the jar it was made for, which a
 * package no longer is, and on Lambda nobody looks at it.
 *
 * <p>Thread-safe. Closing it deletes everything; nothing may run from it any more.
 */
final class CodeStore implements AutoCloseable {
  /** The most a package may unpack to, in bytes. */
  static final long MAX_UNZIPPED = 262_144_000;

  private static final String ARCHIVE = "package.jar";
  private static final String TASK = "task";
  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/[^/]+\\.(?:SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

  private final Path directory;

  CodeStore(Path directory) {
    this.directory = directory;
  }

  /** Keeps a package, and makes it ready to be run. */
  synchronized CodePackage add(byte[] zip) {
    byte[] digest = sha256(zip);
    Path home = directory.resolve(HexFormat.of().formatHex(digest));
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(directory);
        Path partial = Files.createTempDirectory(directory, "unpacking-");
        try {
          Files.write(partial.resolve(ARCHIVE), zip);
          unpack(partial.resolve(ARCHIVE), partial.resolve(TASK));
          Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          delete(partial);
        }
      }
      Path archive = home.resolve(ARCHIVE);
      var code = new FunctionCode(home.resolve(TASK), runsPacked(archive) ? archive : null);
      return new CodePackage(Base64.getEncoder().encodeToString(digest), zip.length, code);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unpack a function into " + directory, failure);
    }
  }

  /** A package as it came. */
  byte[] content(CodePackage code) {
    Path archive = code.code().directory().resolveSibling(ARCHIVE);
    try {
      return Files.readAllBytes(archive);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + archive, failure);
    }
  }

  @Override
  public synchronized void close() {
    try {
      delete(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot delete " + directory, failure);
    }
  }

  private static void unpack(Path archive, Path task) throws IOException {
    Files.createDirectories(task);
    try (var zip = new ZipFile(archive.toFile())) {
      if (zip.size() == 0) {
        throw notAZip();
      }
      List<ZipEntry> entries = zip.stream().<ZipEntry>map(entry -> entry).toList();
      boolean packed = entries.stream().noneMatch(CodeStore::isSignature);
      long total = 0;
      // A package has thousands of files in hundreds of directories: each is made once.
      var made = new HashSet<Path>();
      for (ZipEntry entry : entries) {
        Path file = task.resolve(entry.getName()).normalize();
        if (!file.startsWith(task)) {
          throw notAZip();
        }
        if (entry.isDirectory()) {
          continue;
        }
        if (packed && entry.getName().endsWith(".class")) {
          total += entry.getSize();
          requireRoom(total);
          continue;
        }
        Path parent = file.getParent();
        if (parent != null && made.add(parent)) {
          Files.createDirectories(parent);
        }
        try (InputStream content = zip.getInputStream(entry)) {
          total = copy(content, file, total);
        }
      }
    } catch (ZipException damaged) {
      throw notAZip();
    }
  }

  private static boolean runsPacked(Path archive) throws IOException {
    try (var zip = new ZipFile(archive.toFile())) {
      return zip.stream().noneMatch(CodeStore::isSignature);
    }
  }

  private static boolean isSignature(ZipEntry entry) {
    return SIGNATURE.matcher(entry.getName()).matches();
  }

  /** Counts what comes out, not what the entry says: it may say anything. */
  private static long copy(InputStream from, Path to, long before) throws IOException {
    long total = before;
    var buffer = new byte[64 * 1024];
    try (var out = Files.newOutputStream(to)) {
      int count = from.read(buffer);
      while (count >= 0) {
        total += count;
        requireRoom(total);
        out.write(buffer, 0, count);
        count = from.read(buffer);
      }
    }
    return total;
  }

  private static void requireRoom(long total) {
    if (total > MAX_UNZIPPED) {
      throw AwsException.badRequest(
          "InvalidParameterValueException",
          "Unzipped size must be smaller than " + MAX_UNZIPPED + " bytes");
    }
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    var all = new ArrayList<Path>();
    try (var files = Files.walk(root)) {
      files.forEach(all::add);
    }
    all.sort(Comparator.reverseOrder());
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
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
