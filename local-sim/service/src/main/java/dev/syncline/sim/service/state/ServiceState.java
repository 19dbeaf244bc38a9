// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.state;

import com.fasterxml.jackson.databind.JsonNode;

/** How a service's state outlives the process. Thread-safe. */
public interface ServiceState {
  /** Of a service that has nothing to keep. */
  ServiceState NONE =
      new ServiceState() {
        @Override
        public JsonNode save(Blobs blobs) {
          return SavedForm.PLAIN.write(java.util.List.of());
        }

        @Override
        public void restore(JsonNode saved, Blobs blobs) {}
      };

  /** The present state, whole; the tree is the caller's. */
  JsonNode save(Blobs blobs);

  /**
   * Takes back what {@link #save} gave. Called once at most, before the service is called.
   *
   * @throws RuntimeException when it cannot be read
   */
  void restore(JsonNode saved, Blobs blobs);

  /**
   * Takes up work again: called once when every service has its state back, also when there was
   * none to take back.
   */
  default void resume() {}
}
