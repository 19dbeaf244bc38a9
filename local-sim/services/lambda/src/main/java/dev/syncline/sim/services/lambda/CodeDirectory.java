// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A directory below another that belongs to one simulator at a time: {@code N/}, locked by {@code
 * NAME-N.lock} beside the other one. The packages of simulators that were killed are deleted when
 * the next one starts.
 */
final class CodeDirectory implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private final Path path;
  private final FileChannel channel;

  private CodeDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Claims the first directory below {@code parent} that no running simulator uses, and deletes the
   * content of every unused one.
   */
  static CodeDirectory claim(Path parent) {
    try {
      Files.createDirectories(parent);
      CodeDirectory claimed = null;
      for (int number = 1; claimed == null; number++) {
        claimed = lock(parent, Integer.toString(number));
      }
      try {
        delete(claimed.path);
        sweep(parent, claimed.path);
        return claimed;
      } catch (IOException | RuntimeException failure) {
        claimed.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use " + parent + " for functions", failure);
    }
  }

  private static void sweep(Path parent, Path own) throws IOException {
    List<Path> children;
    try (var files = Files.list(parent)) {
      children = files.filter(Files::isDirectory).filter(child -> !child.equals(own)).toList();
    }
    for (Path child : children) {
      String name = String.valueOf(child.getFileName());
      if (!NUMBER.matcher(name).matches()) {
        // Earlier versions had their packages here, without a lock.
        delete(child);
        continue;
      }
      CodeDirectory abandoned = lock(parent, name);
      if (abandoned != null) {
        try (abandoned) {
          delete(child);
        }
      }
    }
  }

  private static @Nullable CodeDirectory lock(Path parent, String name) throws IOException {
    FileChannel channel =
        FileChannel.open(
            parent.resolveSibling(parent.getFileName() + "-" + name + LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new CodeDirectory(parent.resolve(name), channel);
      }
    } catch (OverlappingFileLockException ofThisProcess) {
      // Another simulator of this process has it.
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
    channel.close();
    return null;
  }

  /** The directory, which may not exist yet. */
  Path path() {
    return path;
  }

  /** Deletes a directory with everything in it; does nothing if it does not exist. */
  static void delete(Path root) throws IOException {
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

  /**
   * Releases the directory; the lock file stays, because another simulator may be about to lock it.
   */
  @Override
  public void close() {
    try (channel) {
      // Closing the channel ends the lock.
      Path parent = path.getParent();
      if (parent != null && !Files.exists(path)) {
        deleteIfEmpty(parent);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unlock " + path, failure);
    }
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException others) {
      // Another simulator's packages are there.
    }
  }
}
