// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every stack, deleted ones included: those are found by their id only. Thread-safe. */
final class StackStore {
  /** A value that a stack exports. */
  record Export(String stackId, String stackName, String name, String value) {}

  private final Map<String, Stack> byId = new LinkedHashMap<>();

  synchronized void add(Stack stack) {
    byId.put(stack.id(), stack);
  }

  synchronized void remove(Stack stack) {
    byId.remove(stack.id());
  }

  /** The stack of that id, or the one of that name that has not been deleted; null when none. */
  synchronized @Nullable Stack find(String nameOrId) {
    Stack stack = byId.get(nameOrId);
    if (stack != null) {
      return stack;
    }
    for (Stack candidate : byId.values()) {
      if (candidate.name().equals(nameOrId) && candidate.status() != StackStatus.DELETE_COMPLETE) {
        return candidate;
      }
    }
    return null;
  }

  /** As {@link #find}, but throws CloudFormation's error if there is no such stack. */
  Stack get(String nameOrId) {
    Stack stack = find(nameOrId);
    if (stack == null) {
      throw StackErrors.validation("Stack with id " + nameOrId + " does not exist");
    }
    return stack;
  }

  /** Newest first. */
  synchronized List<Stack> all() {
    return List.copyOf(new ArrayList<>(byId.values()).reversed());
  }

  /** The exports of all stacks except deleted ones. */
  List<Export> exports() {
    var exports = new ArrayList<Export>();
    for (Stack stack : all()) {
      if (stack.status() == StackStatus.DELETE_COMPLETE) {
        continue;
      }
      for (StackOutput output : stack.outputs()) {
        if (output.exportName() != null) {
          exports.add(new Export(stack.id(), stack.name(), output.exportName(), output.value()));
        }
      }
    }
    return exports;
  }

  /** The names of stacks that use an export. */
  List<String> importers(String exportName) {
    return all().stream()
        .filter(stack -> stack.status() != StackStatus.DELETE_COMPLETE)
        .filter(stack -> stack.imports().contains(exportName))
        .map(Stack::name)
        .toList();
  }

  /** The export of that name from another stack than {@code stackId}, null when none. */
  @Nullable Export exported(String exportName, String stackId) {
    for (Export export : exports()) {
      if (export.name().equals(exportName) && !Objects.equals(export.stackId(), stackId)) {
        return export;
      }
    }
    return null;
  }
}
