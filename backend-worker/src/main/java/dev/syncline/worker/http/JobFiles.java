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
 * Stores accepted jobs, one file each, so that a killed process finds them at its next start. One
 * process owns the directory. Without a directory nothing is stored. Thread-safe for different ids.
 */
final class JobFiles {
  private static final String KEPT = ".job";
  private static final String WRITING = ".new";
  private static final String ASIDE = ".failed";

  private final @Nullable Path directory;

  /**
   * Stores jobs in a directory, which is created.
   *
   * @param directory null to store nothing
   */
  JobFiles(@Nullable Path directory) throws IOException {
    this.directory = directory;
    if (directory != null) {
      Files.createDirectories(directory);
    }
  }

  /** Stores a job; returns when it is on the disk. */
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

  /** Deletes a completed job. */
  void forget(String id) throws IOException {
    if (directory != null) {
      Files.deleteIfExists(file(directory, id, KEPT));
    }
  }

  /**
   * Renames the file of a job that cannot be answered, for an operator. Renaming it back retries
   * the job.
   */
  void markFailed(String id) throws IOException {
    if (directory != null) {
      Files.move(
          file(directory, id, KEPT),
          file(directory, id, ASIDE),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The unfinished jobs of an earlier process. */
  List<String> unfinished() throws IOException {
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

  /** {@link HttpJobs} has validated the id. */
  private static Path file(Path directory, String id, String end) {
    return directory.resolve(id + end);
  }
}
