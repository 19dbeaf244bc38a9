// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.ArrayList;
import java.util.Map;

/** Log groups as they are saved, each on its own. Thread-safe. */
final class LogsState implements ServiceState {
  private final Map<String, LogGroup> groups;

  LogsState(Map<String, LogGroup> groups) {
    this.groups = groups;
  }

  @Override
  public JsonNode save(Blobs blobs) {
    var ids = new ArrayList<String>();
    for (LogGroup group : groups.values()) {
      // Asked before what it stands for: at worst a group is saved once more than it need be.
      Object revision = group.revision();
      String id = blobs.keep(revision, () -> SavedForm.PLAIN.bytes(group.saved()));
      // With its name, so that one that cannot be read can be named.
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
          .ifPresent(group -> groups.put(group.name, group));
    }
  }
}
