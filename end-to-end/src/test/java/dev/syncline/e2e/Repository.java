// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of this repository as the build has left them. */
final class Repository {
  private Repository() {}

  /** The repository's root, found upwards from where the tests run. */
  static Path root() {
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      if (Files.isRegularFile(directory.resolve("cloudformation/template.yaml"))) {
        return directory;
      }
    }
    throw new IllegalStateException("no cloudformation/template.yaml above " + Path.of(""));
  }

  static Path path(String relative) {
    return root().resolve(relative);
  }

  static byte[] bytes(String relative) {
    try {
      return Files.readAllBytes(root().resolve(relative));
    } catch (IOException missing) {
      throw new UncheckedIOException(relative + " is missing; build with mvn package", missing);
    }
  }

  static String text(String relative) {
    return new String(bytes(relative), java.nio.charset.StandardCharsets.UTF_8);
  }
}
