// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.python;

import dev.syncline.sim.lambda.process.Interpreter;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The packages that Lambda's Python runtimes include: boto3 and what it needs. They are linked from
 * the interpreter that has them into a directory for {@code sys.path}; so a package that is absent
 * from the deployment package is absent here, as on Lambda. They have no native code, so that
 * another interpreter's do as well. Thread-safe.
 */
public final class PythonPackages {
  /**
   * Prints a line {@code version} and then a line for each file or directory to link, for the
   * argument's minor version of Python 3. Prints nothing without boto3, or when it does not run
   * there.
   */
  private static final String LIST =
      """
      import importlib.metadata as m, re, sys
      try:
          boto3 = m.distribution("boto3")
          least = re.search(r">=\\s*3\\.(\\d+)", boto3.metadata.get("Requires-Python") or "")
          if least and int(least.group(1)) > int(sys.argv[1]):
              sys.exit(0)
          print(boto3.version)
          for name in "boto3 botocore s3transfer jmespath python-dateutil six urllib3".split():
              found = m.distribution(name)
              tops = {str(f).replace("\\\\", "/").split("/")[0] for f in found.files or []}
              for top in sorted(tops):
                  if not top.startswith("..") and top != "__pycache__":
                      print(found.locate_file(top))
      except m.PackageNotFoundError:
          pass
      """;

  private static final int MAX_LIST = 64 * 1024;

  /**
   * The packages of one interpreter.
   *
   * @param version of boto3
   * @param owner the interpreter that has them
   */
  public record Sdk(String version, Interpreter owner, List<Path> entries) {}

  private final Interpreters interpreters;
  private final Path parent;
  private final ConcurrentHashMap<Path, Path> made = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Optional<Sdk>> listed = new ConcurrentHashMap<>();

  /** Makes the directories below {@code parent}. */
  public PythonPackages(Interpreters interpreters, Path parent) {
    this.interpreters = interpreters;
    this.parent = parent.toAbsolutePath();
  }

  /**
   * The directory with the packages for an interpreter, made at first use.
   *
   * @param own packages of ours, which the interpreter's replace
   */
  Path directory(Interpreter python, Path... own) {
    return made.computeIfAbsent(python.program(), program -> make(python, own));
  }

  /** The SDK that functions on an interpreter get: its own, or that of another one. */
  public Optional<Sdk> sdk(Interpreter python) {
    Optional<Sdk> own = list(python, python.minor());
    if (own.isPresent()) {
      return own;
    }
    return interpreters.all(Language.PYTHON).stream()
        .map(other -> list(other, python.minor()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Sdk> list(Interpreter owner, int minor) {
    return listed.computeIfAbsent(
        owner.program() + " " + minor,
        key -> {
          List<String> lines =
              Programs.lines(
                  List.of(owner.program().toString(), "-c", LIST, Integer.toString(minor)),
                  MAX_LIST);
          return lines.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Sdk(lines.getFirst(), owner, lines.stream().skip(1).map(Path::of).toList()));
        });
  }

  private Path make(Interpreter python, Path... own) {
    Path directory =
        parent.resolve("python" + python.version() + "-" + Integer.toHexString(made.size()));
    try {
      Files.createDirectories(directory);
      removeLinks(directory);
      var entries = new ArrayList<Path>();
      sdk(python).ifPresent(sdk -> entries.addAll(sdk.entries()));
      entries.addAll(List.of(own));
      for (Path entry : entries) {
        link(directory.resolve(entry.getFileName()), entry);
      }
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot link Python packages into " + directory, failure);
    }
  }

  /** An earlier simulator with this work directory may have linked what is elsewhere now. */
  private static void removeLinks(Path directory) throws IOException {
    try (Stream<Path> earlier = Files.list(directory)) {
      for (Path link : earlier.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createSymbolicLink(link, target);
    } catch (FileAlreadyExistsException linkedBefore) {
      // The first one counts.
    }
  }
}
