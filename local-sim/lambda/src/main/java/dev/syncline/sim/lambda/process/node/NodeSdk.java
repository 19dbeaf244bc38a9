// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The AWS SDK for JavaScript v3 of this machine, which functions get as Lambda's runtimes include
 * it. It is looked for in the setting, in the global packages of npm, and in the {@code
 * node_modules} of the working directory and above it. Only the SDK and what it needs are linked,
 * so a package that is missing from a deployment package is missing here too. Thread-safe.
 */
public final class NodeSdk {
  private static final List<String> SCOPES = List.of("@aws-sdk", "@smithy", "@aws", "@aws-crypto");
  private static final List<String> PACKAGES =
      List.of("tslib", "bowser", "fast-xml-parser", "uuid", "strnum");
  private static final String MODULES = "node_modules";

  private final @Nullable Path set;
  private final Map<String, String> host;
  private final Path home;
  private final Path project;
  private final Set<Path> linked = new LinkedHashSet<>();

  /**
   * A finder.
   *
   * @param set a {@code node_modules} directory that is used before all others; null for none
   * @param host the variables of this process
   * @param home the user's home directory
   * @param project where the project is; directories above it are looked at too
   */
  NodeSdk(@Nullable Path set, Map<String, String> host, Path home, Path project) {
    this.set = set;
    this.host = Map.copyOf(host);
    this.home = home;
    this.project = project.toAbsolutePath();
  }

  /** A finder for this process. */
  public static NodeSdk ofThisProcess(@Nullable Path set) {
    return new NodeSdk(set, System.getenv(), Path.of(System.getProperty("user.home")), Path.of(""));
  }

  /** The directories {@code node_modules} with clients of the SDK, the first one counts first. */
  public List<Path> directories(Path node) {
    var candidates = new LinkedHashSet<Path>();
    if (set != null) {
      candidates.add(set);
    }
    addGlobal(candidates, node);
    for (Path at = project; at != null; at = at.getParent()) {
      candidates.add(at.resolve(MODULES));
    }
    return candidates.stream().filter(NodeSdk::hasClients).toList();
  }

  /**
   * Links the packages of the SDK into {@code target}, once; without an SDK there is no such
   * directory.
   */
  synchronized void linkInto(Path target, Path node) {
    if (!linked.add(target)) {
      return;
    }
    try {
      for (Path source : directories(node)) {
        for (String scope : SCOPES) {
          for (Path one : children(source.resolve(scope))) {
            link(target.resolve(scope), one);
          }
        }
        for (String one : PACKAGES) {
          link(target, source.resolve(one));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot link the AWS SDK into " + target, failure);
    }
  }

  /** Where npm installs global packages; without running npm, which takes long. */
  private void addGlobal(Set<Path> candidates, Path node) {
    for (String variable : List.of("NPM_CONFIG_PREFIX", "npm_config_prefix")) {
      String prefix = host.get(variable);
      if (prefix != null && !prefix.isEmpty()) {
        candidates.add(global(Path.of(prefix)));
      }
    }
    Path settings = home.resolve(".npmrc");
    if (Files.isReadable(settings)) {
      try (Stream<String> lines = Files.lines(settings)) {
        lines
            .map(line -> line.replaceAll("\\s", ""))
            .filter(line -> line.startsWith("prefix="))
            .map(line -> line.substring("prefix=".length()).replace("${HOME}", home.toString()))
            .forEach(prefix -> candidates.add(global(Path.of(prefix))));
      } catch (IOException | UncheckedIOException unreadable) {
        // Then npm cannot read its settings either.
      }
    }
    for (Path program : List.of(node, real(node))) {
      Path programs = program.toAbsolutePath().getParent();
      if (programs != null && programs.getParent() != null) {
        candidates.add(global(programs.getParent()));
      }
    }
    candidates.add(global(Path.of("/usr/local")));
  }

  private static Path global(Path prefix) {
    return prefix.resolve("lib").resolve(MODULES);
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException notThere) {
      return file;
    }
  }

  private static boolean hasClients(Path modules) {
    return children(modules.resolve("@aws-sdk")).stream()
        .anyMatch(one -> String.valueOf(one.getFileName()).startsWith("client-"));
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return new ArrayList<>(all.sorted().toList());
    } catch (IOException notThere) {
      return List.of();
    }
  }

  private static void link(Path directory, Path one) throws IOException {
    if (!Files.isDirectory(one)) {
      return;
    }
    Files.createDirectories(directory);
    try {
      Files.createSymbolicLink(
          directory.resolve(String.valueOf(one.getFileName())), one.toRealPath());
    } catch (FileAlreadyExistsException earlier) {
      // A directory that counts more has it.
    }
  }
}
