// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes packages, layers and their directories that no version of a function, no version of a
 * layer, no execution environment, and no running call uses any more. Thread-safe.
 */
final class CodeCollector {
  private final FunctionStore store;
  private final FunctionHost host;
  private final CodeStore codes;
  private final LayerStore layers;
  private final LayerDirectories folders;

  /** Whether there are packages that no function has and that could not be deleted yet. */
  private volatile boolean pending;

  CodeCollector(
      FunctionStore store,
      FunctionHost host,
      CodeStore codes,
      LayerStore layers,
      LayerDirectories folders) {
    this.layers = layers;
    this.folders = folders;
    this.store = store;
    this.host = host;
    this.codes = codes;
    // On its own thread: the host may hold its lock.
    host.whenStopped(
        () -> {
          if (pending) {
            Thread.ofVirtual().name("lambda-code-collector").start(this::collect);
          }
        });
  }

  /** Keeps a package for a call; called under the store's lock, while a function has it. */
  void hold(FunctionCode code) {
    codes.hold(code);
  }

  /** As {@link #hold(FunctionCode)}, of the function's package and its layers. */
  void hold(FunctionSpec spec) {
    codes.hold(spec.code());
    folders.hold(spec.layers());
  }

  /** Ends {@link #hold(FunctionSpec)}. */
  void release(FunctionSpec spec) {
    folders.release(spec.layers());
    release(spec.code());
  }

  /**
   * Ends {@link #hold(FunctionCode)}; deletes the package when the function has been changed
   * meanwhile.
   */
  void release(FunctionCode code) {
    codes.release(code);
    if (pending) {
      collect();
    }
  }

  /** Deletes unused packages; called after a function was changed or deleted. */
  void collect() {
    List<Path> unused =
        store.locked(
            functions -> {
              // Set before the check: a thread that releases a package later sees it and checks
              // again.
              pending = true;
              Set<FunctionCode> used = new HashSet<>();
              Set<List<FunctionLayer>> lists = new HashSet<>();
              layers.all().forEach(version -> used.add(version.content().code()));
              functions
                  .values()
                  .forEach(
                      function ->
                          function
                              .configs()
                              .forEach(
                                  config -> {
                                    used.add(config.code().code());
                                    lists.add(config.layers());
                                    config
                                        .layers()
                                        .forEach(layer -> used.add(layer.content().code()));
                                  }));
              Set<FunctionCode> running = new HashSet<>(used);
              Set<Path> opened = new HashSet<>();
              for (FunctionSpec spec : host.inUse()) {
                running.add(spec.code());
                if (spec.layers() != null) {
                  opened.add(spec.layers());
                }
              }
              var removed = new ArrayList<>(codes.remove(running));
              removed.addAll(folders.remove(lists, opened));
              pending = codes.keepsMoreThan(used) || folders.keepsMoreThan(lists);
              return removed;
            });
    codes.delete(unused);
  }
}
