// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.service.AwsException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip file of a layer. Its entries are not trusted: they must stay below the directory, also by
 * way of symbolic links, and their sizes are measured. Immutable.
 */
record LayerArchive(Path file) {
  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_LINK_BYTES = 4_000;
  static final int PLAIN_FILE = 0644;
  private static final int DIRECTORY = 0755;
  private static final int OWNER = 0700;
  static final int OWNER_READ = 0400;

  /**
   * Reads every entry without writing it.
   *
   * @throws AwsException when it is not a zip file, an entry's name leads out of the directory, its
   *     size is not the one in the directory, or all are larger than {@link Unpacking#MAX_UNZIPPED}
   */
  void check() throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = entries(zip);
      Path anywhere = Path.of("/layer");
      var size = new Size(Unpacking.MAX_UNZIPPED);
      for (ZipEntry entry : entries) {
        below(anywhere, entry);
        if (!entry.isDirectory()) {
          long before = size.total;
          try (InputStream content = zip.getInputStream(entry)) {
            size.copy(content, OutputStream.nullOutputStream());
          }
          if (entry.getSize() != size.total - before) {
            throw LambdaErrors.notAZip();
          }
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      throw LambdaErrors.notAZip();
    }
  }

  /** The unpacked size that the file states, in bytes. */
  long size() throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      return zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
    }
  }

  /**
   * Unpacks over what the directory has, with file modes and symbolic links.
   *
   * @throws AwsException as {@link #check}; also for a link that leads out of the directory, and
   *     for a file where another layer has a directory, or the other way round
   */
  void unpack(Path directory) throws IOException {
    Path root = directory.toRealPath();
    ZipModes modes = ZipModes.of(file);
    var size = new Size(Unpacking.MAX_UNZIPPED);
    try (var zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : entries(zip)) {
        place(zip, entry, root, modes, size);
      }
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      throw LambdaErrors.notAZip();
    }
  }

  private static void place(ZipFile zip, ZipEntry entry, Path root, ZipModes modes, Size size)
      throws IOException {
    Path path = below(root, entry);
    try {
      if (entry.isDirectory()) {
        Files.createDirectories(path);
        requireInside(root, path);
        allow(path, modes.permissions(entry.getName(), DIRECTORY) | OWNER);
        return;
      }
      Path parent = path.getParent();
      Files.createDirectories(parent == null ? root : parent);
      requireInside(root, parent == null ? root : parent);
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw LambdaErrors.layerConflict(entry.getName());
      }
      Files.deleteIfExists(path);
      try (InputStream content = zip.getInputStream(entry)) {
        if (modes.isLink(entry.getName())) {
          link(content, root, path);
          return;
        }
        try (OutputStream out = Files.newOutputStream(path)) {
          size.copy(content, out);
        }
      }
      allow(path, modes.permissions(entry.getName(), PLAIN_FILE) | OWNER_READ);
    } catch (FileSystemException conflict) {
      if (Files.exists(path) || conflict instanceof java.nio.file.FileAlreadyExistsException) {
        throw LambdaErrors.layerConflict(entry.getName());
      }
      throw conflict;
    }
  }

  /**
   * Makes a link if its target is inside. Its {@code ..} may only be at the beginning, so that they
   * are counted from the real directory of the link.
   */
  static void link(InputStream content, Path root, Path path) throws IOException {
    byte[] bytes = content.readNBytes(MAX_LINK_BYTES + 1);
    String target = new String(bytes, StandardCharsets.UTF_8);
    Path parent = path.getParent();
    Path from = parent == null ? root : parent.toRealPath();
    if (bytes.length > MAX_LINK_BYTES || target.isEmpty() || target.startsWith("/")) {
      throw LambdaErrors.layerLink(path.getFileName() + " -> " + target);
    }
    boolean down = false;
    for (Path name : Path.of(target)) {
      boolean up = name.toString().equals("..");
      if (up && down) {
        throw LambdaErrors.layerLink(path.getFileName() + " -> " + target);
      }
      down |= !up && !name.toString().equals(".");
    }
    if (!from.resolve(target).normalize().startsWith(root)) {
      throw LambdaErrors.layerLink(path.getFileName() + " -> " + target);
    }
    Files.createSymbolicLink(path, Path.of(target));
  }

  private static void requireInside(Path root, Path directory) throws IOException {
    if (!directory.toRealPath().startsWith(root)) {
      throw LambdaErrors.notAZip();
    }
  }

  private static List<? extends ZipEntry> entries(ZipFile zip) {
    if (zip.size() == 0) {
      throw LambdaErrors.notAZip();
    }
    if (zip.size() > MAX_ENTRIES) {
      throw LambdaErrors.tooManyFiles(MAX_ENTRIES);
    }
    return zip.stream().toList();
  }

  private static Path below(Path root, ZipEntry entry) {
    Path path;
    try {
      path = root.resolve(entry.getName()).normalize();
    } catch (InvalidPathException impossible) {
      throw LambdaErrors.notAZip();
    }
    if (!path.startsWith(root)
        || entry.getName().startsWith("/")
        || (path.equals(root) && !entry.isDirectory())) {
      throw LambdaErrors.notAZip();
    }
    return path;
  }

  static void allow(Path path, int mode) throws IOException {
    if (!Files.getFileStore(path).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromOwnerRead = PosixFilePermission.values();
    for (int bit = 0; bit < fromOwnerRead.length; bit++) {
      if ((mode & (OWNER_READ >> bit)) != 0) {
        permissions.add(fromOwnerRead[bit]);
      }
    }
    Files.setPosixFilePermissions(path, permissions);
  }

  /** Counts the bytes; the size in an entry may be wrong. */
  private static final class Size {
    private final byte[] buffer = new byte[64 * 1024];
    private final long most;
    private long total;

    Size(long most) {
      this.most = most;
    }

    void copy(InputStream from, OutputStream to) throws IOException {
      int count = from.read(buffer);
      while (count >= 0) {
        total += count;
        if (total > most) {
          throw LambdaErrors.tooLarge(most);
        }
        to.write(buffer, 0, count);
        count = from.read(buffer);
      }
    }
  }
}
