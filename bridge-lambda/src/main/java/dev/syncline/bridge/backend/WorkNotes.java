// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.work.aws.WorkStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The port to the notes of work, see {@link WorkStore}. Implementations are thread-safe and may
 * block.
 */
interface WorkNotes extends AutoCloseable {

  /** See {@link WorkStore#claim}. */
  Optional<String> claim(String id, String json) throws IOException;

  /** See {@link WorkStore#replace}. */
  Optional<String> replace(String id, String json, String version) throws IOException;

  /** See {@link WorkStore#note(String, String)}. */
  void note(String id, String json) throws IOException;

  /** See {@link WorkStore#note(String)}. */
  Optional<WorkStore.Note> note(String id) throws IOException;

  /** See {@link WorkStore#outcome(String, String)}. */
  void outcome(String id, String envelopeJson) throws IOException;

  /** See {@link WorkStore#outcome(String)}. */
  Optional<String> outcome(String id) throws IOException;

  @Override
  void close();

  /** The notes in a bucket. */
  static WorkNotes in(WorkStore store) {
    return new WorkNotes() {
      @Override
      public Optional<String> claim(String id, String json) throws IOException {
        return store.claim(id, json);
      }

      @Override
      public Optional<String> replace(String id, String json, String version) throws IOException {
        return store.replace(id, json, version);
      }

      @Override
      public void note(String id, String json) throws IOException {
        store.note(id, json);
      }

      @Override
      public Optional<WorkStore.Note> note(String id) throws IOException {
        return store.note(id);
      }

      @Override
      public void outcome(String id, String envelopeJson) throws IOException {
        store.outcome(id, envelopeJson);
      }

      @Override
      public Optional<String> outcome(String id) throws IOException {
        return store.outcome(id);
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
