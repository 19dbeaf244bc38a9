// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.work.Randomness;
import dev.syncline.work.aws.WorkStore;
import java.util.HexFormat;
import java.util.Map;

/** Wraps backends in a {@link TrackedBackend} if {@code RESULT_BUCKET} is set. Stateless. */
final class TrackedBackends {

  private TrackedBackends() {}

  static void check(Map<String, String> environment) {
    WorkStore.check(environment);
    TrackedBackend.Times unused = times(environment);
  }

  static Backend tracked(Backend backend, BackendContext context) {
    return WorkStore.fromEnvironment(context.environment(), context.clock())
        .<Backend>map(
            store ->
                new TrackedBackend(
                    backend,
                    WorkNotes.in(store),
                    context.clock(),
                    times(context.environment()),
                    TrackedBackends::name))
        .orElse(backend);
  }

  /** {@code START_LEASE_MS} and {@code START_DOUBT_MS}. */
  static TrackedBackend.Times times(Map<String, String> environment) {
    return new TrackedBackend.Times(
        BackendSettings.millis(environment, "START_LEASE_MS", 30_000, 10_000, 900_000),
        BackendSettings.millis(environment, "START_DOUBT_MS", 900_000, 1_000, 86_400_000));
  }

  private static String name() {
    return HexFormat.of().toHexDigits(Randomness.real().nextLong());
  }
}
