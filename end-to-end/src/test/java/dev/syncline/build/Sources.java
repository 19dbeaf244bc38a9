// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of this repository that people wrote. */
final class Sources {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".terraform");

  private Sources() {}

  /** The repository's root, found upwards from where the tests run. */
  static Path root() {
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      if (Files.isRegularFile(directory.resolve("syncline"))
          && Files.isRegularFile(directory.resolve("pom.xml"))) {
        return directory;
      }
    }
    throw new IllegalStateException("no repository above " + Path.of("").toAbsolutePath());
  }

  /** Every file whose name matches, in no order. */
  static List<Path> files(Predicate<String> name) throws IOException {
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NOT_OURS.contains(String.valueOf(directory.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (name.test(String.valueOf(file.getFileName()))) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  /** Every Java file. */
  static List<Path> java() throws IOException {
    return files(name -> name.endsWith(".java"));
  }

  /** A file as messages show it. */
  static String shown(Path file) {
    return root().relativize(file).toString();
  }
}
