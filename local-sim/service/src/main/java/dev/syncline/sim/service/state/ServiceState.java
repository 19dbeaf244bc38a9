// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.state;

import com.fasterxml.jackson.databind.JsonNode;

/** Saves a service's state and restores it in another process. Thread-safe. */
public interface ServiceState {
  /** The state of a service that keeps nothing. */
  ServiceState NONE =
      new ServiceState() {
        @Override
        public JsonNode save(Blobs blobs) {
          return SavedForm.PLAIN.write(java.util.List.of());
        }

        @Override
        public void restore(JsonNode saved, Blobs blobs) {}
      };

  /** The complete present state; the caller owns the tree. */
  JsonNode save(Blobs blobs);

  /**
   * Restores the result of {@link #save}. Called at most once, before the service is called.
   *
   * @throws RuntimeException when it cannot be read
   */
  void restore(JsonNode saved, Blobs blobs);

  /**
   * Resumes work. Called once, after all services have been restored, also if nothing was saved.
   */
  default void resume() {}
}
