// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.work.aws.WorkStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Shipped backends, opened so that simulated time passes between their calls. */
public final class SimulatedBackends {
  private SimulatedBackends() {}

  /**
   * A shipped backend.
   *
   * @param name of this environment
   * @param timed makes a backend's calls take time
   * @param pause called after each call of the bucket for an id
   */
  public static Backend of(
      BackendFactory factory,
      BackendContext context,
      String name,
      UnaryOperator<Backend> timed,
      Consumer<String> pause) {
    Optional<WorkStore> store = WorkStore.fromEnvironment(context.environment(), context.clock());
    if (store.isEmpty()) {
      return timed.apply(factory.create(context));
    }
    Map<String, String> without = new HashMap<>(context.environment());
    without.remove(WorkStore.VARIABLE);
    Backend inner = factory.create(new BackendContext(without, context.clock(), context.io()));
    return new TrackedBackend(
        timed.apply(inner),
        new Slow(WorkNotes.in(store.get()), pause),
        context.clock(),
        TrackedBackends.times(context.environment()),
        () -> name);
  }

  /** Notes whose calls take time. */
  private record Slow(WorkNotes notes, Consumer<String> pause) implements WorkNotes {
    /** A call of the store. */
    private interface Access<T> {
      T run() throws IOException;
    }

    private <T> T slowly(String id, Access<T> access) throws IOException {
      try {
        return access.run();
      } finally {
        pause.accept(id);
      }
    }

    @Override
    public Optional<String> claim(String id, String json) throws IOException {
      return slowly(id, () -> notes.claim(id, json));
    }

    @Override
    public Optional<String> replace(String id, String json, String version) throws IOException {
      return slowly(id, () -> notes.replace(id, json, version));
    }

    @Override
    public void note(String id, String json) throws IOException {
      slowly(
          id,
          () -> {
            notes.note(id, json);
            return true;
          });
    }

    @Override
    public Optional<WorkStore.Note> note(String id) throws IOException {
      return slowly(id, () -> notes.note(id));
    }

    @Override
    public void outcome(String id, String envelopeJson) throws IOException {
      slowly(
          id,
          () -> {
            notes.outcome(id, envelopeJson);
            return true;
          });
    }

    @Override
    public Optional<String> outcome(String id) throws IOException {
      return slowly(id, () -> notes.outcome(id));
    }

    @Override
    public void close() {
      notes.close();
    }
  }
}
