// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.syncline.sim.asl.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects diagnostics. Not thread-safe. */
final class Problems {
  private final List<Diagnostic> found = new ArrayList<>();
  private boolean incomplete;

  void schema(String pointer, String message) {
    add(Diagnostic.SCHEMA_VALIDATION_FAILED, message, pointer);
  }

  void add(String code, String message, @Nullable String pointer) {
    Diagnostic problem =
        Diagnostic.error(code, message, pointer == null || !pointer.isEmpty() ? pointer : "/");
    // Some fields are read twice, as Parameters of a Map is.
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  void invalidJson(JsonProcessingException fault) {
    add(
        Diagnostic.INVALID_JSON_DESCRIPTION,
        String.valueOf(fault.getMessage()),
        fault.getLocation() == null ? null : fault.getLocation().toString());
  }

  /** Reports missing fields. Checks that depend on them are skipped. */
  void missing(String pointer, List<String> names) {
    incomplete = true;
    schema(pointer, "These fields are required: " + names);
  }

  boolean incomplete() {
    return incomplete;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Diagnostic> found() {
    return List.copyOf(found);
  }
}
