// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a function's deployment package lies. Immutable.
 *
 * <p>On Lambda everything is unpacked in {@code /var/task}. Thousands of small class files cost
 * seconds to write and a little at each class that is loaded, and nobody reads them but a class
 * loader. So the classes may stay in the archive; whatever a program could open by name is in the
 * directory.
 *
 * @param directory what takes the place of {@code /var/task}: the working directory, with the jars
 *     of {@code lib/}
 * @param archive holds the classes and resources, null when those are in the directory too
 */
public record FunctionCode(Path directory, @Nullable Path archive) {

  /** Makes paths absolute: a child's working directory is not ours. */
  public FunctionCode {
    directory = directory.toAbsolutePath();
    archive = archive == null ? null : archive.toAbsolutePath();
  }

  /** Code that is unpacked whole. */
  public static FunctionCode unpacked(Path directory) {
    return new FunctionCode(directory, null);
  }

  /** What the function's classes and resources are loaded from, in order. */
  public List<Path> classPath() {
    var entries = new ArrayList<Path>();
    entries.add(archive == null ? directory : archive);
    Path lib = directory.resolve("lib");
    if (Files.isDirectory(lib)) {
      try (var files = Files.list(lib)) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(entries::add);
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot read " + lib, failure);
      }
    }
    return entries;
  }
}
