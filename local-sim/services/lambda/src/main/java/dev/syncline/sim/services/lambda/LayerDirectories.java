// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked layers of functions, in place of {@code /opt}: one directory for each distinct list,
 * which functions share. It is made when it is first needed, in the order of the list, so that a
 * later layer's files replace those of an earlier one. Thread-safe.
 */
final class LayerDirectories {
  private final Path parent;
  private final Map<List<FunctionLayer>, Path> made = new HashMap<>();
  private final Map<Path, Integer> holds = new HashMap<>();
  private long removals;

  /** Directories below {@code parent}, which its owner deletes. */
  LayerDirectories(Path parent) {
    this.parent = parent;
  }

  /**
   * The directory of a list, null for an empty list.
   *
   * @throws dev.syncline.sim.service.AwsException when the layers cannot be unpacked together
   */
  synchronized @Nullable Path of(List<FunctionLayer> layers) {
    if (layers.isEmpty()) {
      return null;
    }
    Path there = made.get(layers);
    if (there != null) {
      return there;
    }
    Path home = parent.resolve("opt-" + key(layers));
    try {
      Files.createDirectories(parent);
      Path partial = Files.createTempDirectory(parent, "layers-");
      try {
        for (FunctionLayer layer : layers) {
          CodeStore.archive(layer.content()).unpack(partial);
        }
        Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        CodeDirectory.delete(partial);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unpack layers into " + parent, failure);
    }
    made.put(List.copyOf(layers), home);
    return home;
  }

  /** Keeps a directory until it is {@link #release released} as often; null for none. */
  synchronized void hold(@Nullable Path home) {
    if (home != null) {
      holds.merge(home, 1, Integer::sum);
    }
  }

  /** Ends one hold. */
  synchronized void release(@Nullable Path home) {
    if (home != null) {
      holds.computeIfPresent(home, (held, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Whether there are directories beside those of these lists. */
  synchronized boolean keepsMoreThan(Set<List<FunctionLayer>> lists) {
    return !lists.containsAll(made.keySet());
  }

  /**
   * Removes the directories of lists that are not in {@code used} and that are not running.
   *
   * @return what to delete
   */
  synchronized List<Path> remove(Set<List<FunctionLayer>> used, Set<Path> running) {
    var removed = new ArrayList<Path>();
    for (List<FunctionLayer> layers : List.copyOf(made.keySet())) {
      Path home = made.get(layers);
      if (home == null
          || used.contains(layers)
          || running.contains(home)
          || holds.containsKey(home)) {
        continue;
      }
      Path aside = parent.resolve("removed-opt-" + ++removals);
      try {
        Files.move(home, aside, StandardCopyOption.ATOMIC_MOVE);
        made.remove(layers);
        removed.add(aside);
      } catch (IOException busy) {
        // It stays until the room is closed, and may be used again.
        continue;
      }
    }
    return removed;
  }

  /** The programs in {@code extensions/}, which Lambda would start; empty without any. */
  static List<String> extensions(@Nullable Path opt) {
    Path folder = opt == null ? null : opt.resolve("extensions");
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(Files::isExecutable)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + folder, failure);
    }
  }

  private static String key(List<FunctionLayer> layers) {
    var text = new StringBuilder();
    layers.forEach(
        layer -> text.append(layer.arn()).append(' ').append(layer.content().sha256()).append(' '));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)),
              0,
              16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
