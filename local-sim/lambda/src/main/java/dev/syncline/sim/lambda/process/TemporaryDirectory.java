// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** An environment's own directory in place of {@code /tmp}. Immutable. */
record TemporaryDirectory(Path path) {
  /** Makes one below {@code parent}. */
  static TemporaryDirectory make(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new TemporaryDirectory(Files.createTempDirectory(parent, "tmp-"));
  }

  /** Deletes it with its content; does not follow links. What cannot be deleted stays. */
  void delete() {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException goneOrInUse) {
      // The work directory is deleted with the simulator.
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      return delete(directory);
    }

    private static FileVisitResult delete(Path file) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException inUse) {
        // A process that the function left may still write here.
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
