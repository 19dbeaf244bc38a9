// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Map;

/** The saved form: alarms with their tags, and metrics. Thread-safe. */
record CloudWatchState(AlarmStore alarms, MetricStore metrics) implements ServiceState {
  private record Saved(
      List<Alarm> alarms, Map<String, Map<String, String>> tags, List<MetricStore.Saved> metrics) {}

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(
        new Saved(List.copyOf(alarms.all()), alarms.allTags(), metrics.saved()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    metrics.restore(all.metrics);
    for (Alarm alarm : all.alarms) {
      alarms.restore(alarm, all.tags.getOrDefault(alarm.arn(), Map.of()));
    }
  }
}
