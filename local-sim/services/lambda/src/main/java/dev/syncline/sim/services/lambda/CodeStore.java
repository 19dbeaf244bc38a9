// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.FunctionCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps deployment packages, each content once, for as long as something uses it. A plain {@code
 * .jar} is a zip like any other.
 *
 * <p>A package is laid out as {@code DIGEST/package.jar} and {@code DIGEST/task/}; the latter is
 * the function's working directory and has every file that is not a class. Classes are loaded from
 * the package itself, unless it is signed: a signature is valid only for the original jar, and
 * Lambda does not check it.
 *
 * <p>A caller that works with a package must {@link #hold hold} it while no function has it, or a
 * function may lose it; {@link #remove} removes packages that are not held and not used.
 *
 * <p>Thread-safe. Closing it deletes everything, so no function may run from it afterwards.
 */
final class CodeStore implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CodeStore.class.getName());
  private static final String ARCHIVE = "package.jar";
  private static final String TASK = "task";
  private static final String LAYER = "layer-";
  private static final String REMOVED = "removed-";

  private final Path directory;
  private final Map<FunctionCode, Integer> holds = new HashMap<>();
  private final Map<FunctionCode, Path> kept = new HashMap<>();
  private long removals;

  CodeStore(Path directory) {
    this.directory = directory;
  }

  /** Makes a new package ready in its directory, where the archive is already. */
  private interface Preparation {
    void run(Path partial) throws IOException;
  }

  /** Keeps a package, makes it ready to be run, and holds it for the caller. */
  synchronized CodePackage add(byte[] zip) {
    byte[] digest = sha256(zip);
    try {
      Path home =
          home(
              HexFormat.of().formatHex(digest),
              zip,
              partial -> Unpacking.unpack(partial.resolve(ARCHIVE), partial.resolve(TASK)));
      Path archive = home.resolve(ARCHIVE);
      return held(
          home,
          new FunctionCode(home.resolve(TASK), Unpacking.runsPacked(archive) ? archive : null),
          digest,
          zip);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unpack a function into " + directory, failure);
    }
  }

  /**
   * Keeps the zip file of a layer, without unpacking it, and holds it for the caller. A function
   * with the same content is another package.
   */
  synchronized CodePackage addLayer(byte[] zip) {
    byte[] digest = sha256(zip);
    try {
      Path home =
          home(
              LAYER + HexFormat.of().formatHex(digest),
              zip,
              partial -> new LayerArchive(partial.resolve(ARCHIVE)).check());
      return held(home, new FunctionCode(home.resolve(TASK), null), digest, zip);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot keep a layer in " + directory, failure);
    }
  }

  private Path home(String name, byte[] zip, Preparation preparation) throws IOException {
    Path home = directory.resolve(name);
    if (!Files.isDirectory(home)) {
      Files.createDirectories(directory);
      Path partial = Files.createTempDirectory(directory, "unpacking-");
      try {
        Files.write(partial.resolve(ARCHIVE), zip);
        preparation.run(partial);
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        CodeDirectory.delete(partial);
      }
    }
    return home;
  }

  private CodePackage held(Path home, FunctionCode code, byte[] digest, byte[] zip) {
    kept.put(code, home);
    hold(code);
    return new CodePackage(Base64.getEncoder().encodeToString(digest), zip.length, code);
  }

  /** Whether {@link #addLayer} made it. */
  static boolean isLayer(CodePackage code) {
    Path home = code.code().directory().getParent();
    return home != null && String.valueOf(home.getFileName()).startsWith(LAYER);
  }

  /** The zip file of a package or of a layer. */
  static LayerArchive archive(CodePackage code) {
    return new LayerArchive(code.code().directory().resolveSibling(ARCHIVE));
  }

  /** Keeps the package until it is {@link #release released} as often as it is held. */
  synchronized void hold(FunctionCode code) {
    holds.merge(code, 1, Integer::sum);
  }

  /** Ends one hold; the next {@link #remove} removes an unused package. */
  synchronized void release(FunctionCode code) {
    holds.computeIfPresent(code, (held, count) -> count == 1 ? null : count - 1);
  }

  /** Whether there are packages beside these. */
  synchronized boolean keepsMoreThan(Set<FunctionCode> codes) {
    return !codes.containsAll(kept.keySet());
  }

  /**
   * Removes every package that is not held and not in {@code used}.
   *
   * @return the directories to {@link #delete}
   */
  synchronized List<Path> remove(Set<FunctionCode> used) {
    var unused = new ArrayList<Path>();
    for (FunctionCode code : List.copyOf(kept.keySet())) {
      Path home = kept.get(code);
      if (home == null || !isUnused(code, used)) {
        continue;
      }
      kept.remove(code);
      // Renamed at once, so that the same content may be added while this is deleted.
      Path removed = directory.resolve(REMOVED + ++removals);
      try {
        Files.move(home, removed, StandardCopyOption.ATOMIC_MOVE);
        unused.add(removed);
      } catch (IOException failure) {
        LOG.log(System.Logger.Level.WARNING, "cannot delete " + home, failure);
      }
    }
    return unused;
  }

  /** Deletes directories; what cannot be deleted stays until the store is closed. */
  void delete(List<Path> removed) {
    for (Path home : removed) {
      try {
        CodeDirectory.delete(home);
      } catch (IOException failure) {
        LOG.log(System.Logger.Level.WARNING, "cannot delete " + home, failure);
      }
    }
  }

  private boolean isUnused(FunctionCode code, Set<FunctionCode> used) {
    return !holds.containsKey(code) && !used.contains(code);
  }

  /** A package as received. */
  byte[] content(CodePackage code) {
    Path archive = code.code().directory().resolveSibling(ARCHIVE);
    try {
      return Files.readAllBytes(archive);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + archive, failure);
    }
  }

  @Override
  public synchronized void close() {
    kept.clear();
    try {
      CodeDirectory.delete(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot delete " + directory, failure);
    }
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
