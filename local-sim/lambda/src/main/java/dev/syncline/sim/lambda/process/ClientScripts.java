// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runtime clients that are scripts: resources of this module, written to the work directory at
 * first use. Thread-safe.
 */
public final class ClientScripts {
  private final Path directory;
  private final ConcurrentHashMap<String, Path> written = new ConcurrentHashMap<>();

  /** Writes below {@code directory}. */
  public ClientScripts(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /**
   * The directory with the scripts of a language.
   *
   * @param language the directory of the resources, {@code python} or {@code node}
   * @param names their file names; the same at each call
   */
  public Path directory(String language, List<String> names) {
    return written.computeIfAbsent(language, key -> write(key, names));
  }

  private Path write(String language, List<String> names) {
    Path target = directory.resolve(language);
    try {
      Files.createDirectories(target);
      for (String name : names) {
        String resource = language + "/" + name;
        try (InputStream content = ClientScripts.class.getResourceAsStream(resource)) {
          if (content == null) {
            throw new IllegalStateException("the resource " + resource + " is missing");
          }
          Path file = target.resolve(name);
          Files.createDirectories(file.getParent());
          Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return target;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write the runtime client into " + target, failure);
    }
  }
}
