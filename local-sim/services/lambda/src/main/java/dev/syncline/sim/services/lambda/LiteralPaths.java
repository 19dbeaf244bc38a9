// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds files of a package that name Lambda's own directories. Looks at the function's own text
 * files only, not at the packages that it brings, and at a bounded number of them.
 */
final class LiteralPaths extends SimpleFileVisitor<Path> {
  private static final int MAX_FILES = 300;
  private static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_DEPTH = 4;
  private static final int MAX_NAMED = 3;

  private static final Pattern TEXT = Pattern.compile("bootstrap|.*\\.(?:py|js|mjs|cjs|sh)");
  private static final Pattern LITERAL = Pattern.compile("/opt/|/var/(?:task|runtime)\\b");

  private final Path root;
  private final List<String> found = new ArrayList<>();
  private int files;

  private LiteralPaths(Path root) {
    this.root = root;
  }

  /** The first such files below {@code root}, relative to it. */
  static List<String> in(Path root) {
    var search = new LiteralPaths(root);
    try {
      Files.walkFileTree(root, Set.of(), MAX_DEPTH, search);
    } catch (IOException unreadable) {
      // The function itself will find that out.
    }
    return search.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    // A package for Python brings metadata beside it, one for Node.js has its own description.
    boolean own =
        directory.equals(root)
            || (!directory.endsWith("node_modules")
                && !directory.endsWith("site-packages")
                && !isInstalled(directory));
    return own ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
  }

  private boolean isInstalled(Path directory) throws IOException {
    String prefix = directory.getFileName() + "-";
    try (var siblings = Files.newDirectoryStream(directory.resolveSibling("."), "*-info")) {
      for (Path sibling : siblings) {
        if (sibling.getFileName().toString().startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (++files > MAX_FILES || found.size() == MAX_NAMED) {
      return FileVisitResult.TERMINATE;
    }
    if (attributes.isRegularFile()
        && attributes.size() <= MAX_BYTES
        && TEXT.matcher(String.valueOf(file.getFileName())).matches()) {
      try (InputStream content = Files.newInputStream(file)) {
        String text = new String(content.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        if (LITERAL.matcher(text).find()) {
          found.add(root.relativize(file).toString());
        }
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    return FileVisitResult.CONTINUE;
  }
}
