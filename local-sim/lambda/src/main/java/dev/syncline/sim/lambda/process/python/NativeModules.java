// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.python;

import dev.syncline.sim.lambda.process.Interpreter;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a module in machine code that another version of CPython cannot load, by its name. */
final class NativeModules extends SimpleFileVisitor<Path> {
  private static final int MAX_FILES = 50_000;
  private static final Pattern NAME =
      Pattern.compile(".*\\.cp(?:ython-)?3(\\d{1,2})-.*\\.(?:so|pyd)");

  private final int minor;
  private int files;
  private @Nullable Path found;

  private NativeModules(int minor) {
    this.minor = minor;
  }

  /** The first one below {@code root} that is for another version than {@code python}'s. */
  static @Nullable Path ofOtherVersion(@Nullable Path root, Interpreter python) {
    if (root == null) {
      return null;
    }
    var search = new NativeModules(python.minor());
    try {
      Files.walkFileTree(root, search);
    } catch (IOException unreadable) {
      // The function itself will find that out.
    }
    return search.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    if (name.matches() && Integer.parseInt(name.group(1)) != minor) {
      found = file;
      return FileVisitResult.TERMINATE;
    }
    return ++files > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    return FileVisitResult.CONTINUE;
  }
}
