// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.publisher.aws.WorkStore;
import java.util.Map;

/** Adds a memory to backends that have none, where {@code RESULT_BUCKET} is set. Stateless. */
final class WorkStores {

  private WorkStores() {}

  static void check(Map<String, String> environment) {
    WorkStore.check(environment);
  }

  static Backend tracked(Backend backend, BackendContext context) {
    return WorkStore.fromEnvironment(context.environment(), context.clock())
        .<Backend>map(store -> new TrackedBackend(backend, store))
        .orElse(backend);
  }
}
