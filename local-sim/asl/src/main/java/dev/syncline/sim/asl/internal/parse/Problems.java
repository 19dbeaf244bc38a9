// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import dev.syncline.sim.asl.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects diagnostics. Not thread-safe. */
final class Problems {
  private final List<Diagnostic> found = new ArrayList<>();

  void schema(String pointer, String message) {
    add(Diagnostic.SCHEMA_VALIDATION_FAILED, message, pointer);
  }

  void add(String code, String message, @Nullable String pointer) {
    found.add(
        Diagnostic.error(code, message, pointer == null || !pointer.isEmpty() ? pointer : "/"));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Diagnostic> found() {
    return List.copyOf(found);
  }
}
