// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accepted jobs, one file each, so that a process that is killed finds them when it starts again.
 * One process owns the directory. With no directory nothing is kept. Thread-safe for different ids.
 */
final class JobFiles {
  private static final String KEPT = ".job";
  private static final String WRITING = ".new";
  private static final String ASIDE = ".failed";

  private final @Nullable Path directory;

  /**
   * Keeps jobs in a directory, which is made.
   *
   * @param directory null to keep none
   */
  JobFiles(@Nullable Path directory) throws IOException {
    this.directory = directory;
    if (directory != null) {
      Files.createDirectories(directory);
    }
  }

  /** Returns when the job is on the disk. */
  void keep(String id, String text) throws IOException {
    if (directory == null) {
      return;
    }
    Path writing = file(directory, id, WRITING);
    try (FileChannel file =
        FileChannel.open(
            writing,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(writing, file(directory, id, KEPT), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The job is over. */
  void forget(String id) throws IOException {
    if (directory != null) {
      Files.deleteIfExists(file(directory, id, KEPT));
    }
  }

  /** The job cannot be answered; somebody has to look at it. Renaming the file gives it again. */
  void setAside(String id) throws IOException {
    if (directory != null) {
      Files.move(
          file(directory, id, KEPT),
          file(directory, id, ASIDE),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What a process before this one has left. */
  List<String> left() throws IOException {
    List<String> texts = new ArrayList<>();
    if (directory != null) {
      List<Path> files;
      try (Stream<Path> all = Files.list(directory)) {
        files = all.filter(file -> file.toString().endsWith(KEPT)).sorted().toList();
      }
      for (Path file : files) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  /** Ids are checked before: see {@link HttpJobs}. */
  private static Path file(Path directory, String id, String end) {
    return directory.resolve(id + end);
  }
}
