// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.AwsException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks one deployment package. The archive's entries are not trusted: names must stay below the
 * directory and must not conflict, and sizes are measured. Not thread-safe.
 */
final class Unpacking {
  /** The maximum unpacked size of a package, in bytes. Source: Lambda quotas, 250 MB. */
  static final long MAX_UNZIPPED = 262_144_000;

  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_PATH_BYTES = 4_000;
  private static final int MAX_ENTRIES = 200_000;

  /** What a program opens by name: a package with one of them is unpacked whole. */
  private static final Pattern SCRIPT =
      Pattern.compile("bootstrap|(?!META-INF/).*\\.(?:py|js|mjs|cjs)");

  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/[^/]+\\.(?:SF|RSA|DSA|EC)", Pattern.CASE_INSENSITIVE);

  private final Path task;
  private final Set<Path> files = new HashSet<>();

  /** A package has thousands of files in hundreds of directories: each is made once. */
  private final Set<Path> directories = new HashSet<>();

  /** Links are made last: nothing is written by way of one. */
  private final Map<Path, byte[]> links = new LinkedHashMap<>();

  private final byte[] buffer = new byte[64 * 1024];
  private long total;

  private Unpacking(Path task) {
    this.task = task;
  }

  /**
   * Writes everything into {@code task} with its mode, except the classes of a package that is not
   * signed and has no scripts. A symbolic link must stay within.
   *
   * @throws AwsException when it is not an archive, an entry cannot be a file below the directory,
   *     or it is larger than {@link #MAX_UNZIPPED}
   * @throws IOException when the files cannot be written
   */
  static void unpack(Path archive, Path task) throws IOException {
    Files.createDirectories(task);
    try (var zip = new ZipFile(archive.toFile())) {
      new Unpacking(task).all(zip, ZipModes.of(archive));
    } catch (ZipException
        | EOFException
        | FileAlreadyExistsException
        | NotDirectoryException
        | IllegalArgumentException damaged) {
      throw LambdaErrors.notAZip();
    }
  }

  /** Whether the classes are loaded from the archive: not if it is signed or has scripts. */
  static boolean runsPacked(Path archive) throws IOException {
    try (var zip = new ZipFile(archive.toFile())) {
      return zip.stream().noneMatch(Unpacking::isForDirectory);
    }
  }

  private void all(ZipFile zip, ZipModes modes) throws IOException {
    if (zip.size() == 0) {
      throw LambdaErrors.notAZip();
    }
    if (zip.size() > MAX_ENTRIES) {
      throw LambdaErrors.tooManyFiles(MAX_ENTRIES);
    }
    List<ZipEntry> entries = zip.stream().<ZipEntry>map(entry -> entry).toList();
    boolean packed = entries.stream().noneMatch(Unpacking::isForDirectory);
    for (ZipEntry entry : entries) {
      Path file = place(entry);
      if (entry.isDirectory()) {
        continue;
      }
      try (InputStream content = zip.getInputStream(entry)) {
        if (packed && entry.getName().endsWith(".class")) {
          copy(content, OutputStream.nullOutputStream());
          continue;
        }
        Path parent = file.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        if (modes.isLink(entry.getName())) {
          links.put(file, content.readNBytes(MAX_PATH_BYTES + 1));
          continue;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
          copy(content, out);
        }
        int mode = modes.permissions(entry.getName(), LayerArchive.PLAIN_FILE);
        if (mode != LayerArchive.PLAIN_FILE) {
          LayerArchive.allow(file, mode | LayerArchive.OWNER_READ);
        }
      }
    }
    Path root = task.toRealPath();
    for (Map.Entry<Path, byte[]> link : links.entrySet()) {
      Path file = root.resolve(task.relativize(link.getKey()));
      Files.deleteIfExists(file);
      LayerArchive.link(new ByteArrayInputStream(link.getValue()), root, file);
    }
  }

  /** The path of an entry; refuses an invalid name, and one that conflicts with another. */
  private Path place(ZipEntry entry) {
    Path file;
    try {
      file = task.resolve(entry.getName()).normalize();
    } catch (InvalidPathException impossible) {
      throw LambdaErrors.notAZip();
    }
    if (!file.startsWith(task) || (file.equals(task) && !entry.isDirectory())) {
      throw LambdaErrors.notAZip();
    }
    if (entry.getName().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw LambdaErrors.notAZip();
    }
    for (Path name : task.relativize(file)) {
      if (name.toString().getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
        throw LambdaErrors.notAZip();
      }
    }
    Path directory = entry.isDirectory() ? file : file.getParent();
    while (directory != null && !directory.equals(task) && directories.add(directory)) {
      if (files.contains(directory)) {
        throw LambdaErrors.notAZip();
      }
      directory = directory.getParent();
    }
    if (!entry.isDirectory()) {
      if (directories.contains(file)) {
        throw LambdaErrors.notAZip();
      }
      files.add(file);
    }
    return file;
  }

  /** Counts the bytes read; the size in the entry may be wrong. */
  private void copy(InputStream from, OutputStream to) throws IOException {
    int count = from.read(buffer);
    while (count >= 0) {
      total += count;
      if (total > MAX_UNZIPPED) {
        throw LambdaErrors.tooLarge(MAX_UNZIPPED);
      }
      to.write(buffer, 0, count);
      count = from.read(buffer);
    }
  }

  private static boolean isForDirectory(ZipEntry entry) {
    return SIGNATURE.matcher(entry.getName()).matches()
        || SCRIPT.matcher(entry.getName()).matches();
  }
}
