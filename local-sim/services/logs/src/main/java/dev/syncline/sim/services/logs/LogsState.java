// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.ArrayList;

/** The saved form of log groups, one blob per group. Thread-safe. */
record LogsState(LogStore store) implements ServiceState {
  @Override
  public JsonNode save(Blobs blobs) {
    var ids = new ArrayList<String>();
    for (LogGroup group : store.groups()) {
      // Read before the content: a change in between makes the group be saved once more.
      Object revision = group.revision();
      String id = blobs.keep(revision, () -> SavedForm.PLAIN.bytes(group.saved()));
      // With the name, so that an error can name a group that cannot be read.
      ids.add(id + " " + group.name);
    }
    return SavedForm.PLAIN.write(ids);
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    for (JsonNode entry : saved) {
      String[] idAndName = entry.asText().split(" ", 2);
      String what = idAndName.length == 2 ? "the log group " + idAndName[1] : "a log group";
      blobs
          .find(idAndName[0], what)
          .map(content -> LogGroup.of(SavedForm.PLAIN.read(content, LogGroup.Saved.class)))
          .ifPresent(store::restore);
    }
  }
}
