// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;

/**
 * The saved form: queues with their messages, and redrives. A message in flight or delayed keeps
 * its due time, and a receipt handle stays valid. Thread-safe.
 */
record SqsState(QueueStore store, MoveTaskStore moveTasks) implements ServiceState {
  private record Saved(List<Queue.Saved> queues, List<MoveTask.Saved> moveTasks) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        new Saved(store.all().stream().map(Queue::saved).toList(), moveTasks.saved()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    all.queues.forEach(store::restore);
    moveTasks.restore(all.moveTasks);
  }

  @Override
  public void resume() {
    moveTasks.resume();
  }
}
