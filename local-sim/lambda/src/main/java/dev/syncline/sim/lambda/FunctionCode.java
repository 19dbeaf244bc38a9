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
 * The location of a function's unpacked deployment package. Immutable.
 *
 * <p>On Lambda everything is unpacked in {@code /var/task}. Writing thousands of small class files
 * takes seconds and makes each class load slower, and only class loaders read them. So the classes
 * may stay in the archive; files that a program can open by name are in the directory.
 *
 * @param directory replaces {@code /var/task}: the working directory, with the jars of {@code lib/}
 * @param archive holds the classes and resources, null when those are in the directory too
 */
public record FunctionCode(Path directory, @Nullable Path archive) {

  /** Makes paths absolute: a child has another working directory. */
  public FunctionCode {
    directory = directory.toAbsolutePath();
    archive = archive == null ? null : archive.toAbsolutePath();
  }

  /** Completely unpacked code. */
  public static FunctionCode unpacked(Path directory) {
    return new FunctionCode(directory, null);
  }

  /** The class path of the function, in order. */
  public List<Path> classPath() {
    var entries = new ArrayList<Path>();
    entries.add(archive == null ? directory : archive);
    entries.addAll(jars(directory.resolve("lib")));
    return entries;
  }

  /** The jars of a directory, which may be missing, by name. */
  static List<Path> jars(Path lib) {
    if (!Files.isDirectory(lib)) {
      return List.of();
    }
    try (var files = Files.list(lib)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + lib, failure);
    }
  }
}
