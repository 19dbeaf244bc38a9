// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.SavedForm;
import dev.syncline.sim.service.state.ServiceState;
import java.util.List;
import java.util.Map;

/** Alarms with their tags, and metrics, as they are saved. Thread-safe. */
final class CloudWatchState implements ServiceState {
  private record Saved(
      List<Alarm> alarms, Map<String, Map<String, String>> tags, List<MetricStore.Saved> metrics) {}

  private final Alarms alarms;
  private final Map<String, Map<String, String>> tags;
  private final MetricStore metrics;

  CloudWatchState(Alarms alarms, Map<String, Map<String, String>> tags, MetricStore metrics) {
    this.alarms = alarms;
    this.tags = tags;
    this.metrics = metrics;
  }

  @Override
  public JsonNode save(Blobs blobs) {
    return SavedForm.PLAIN.write(new Saved(List.copyOf(alarms.all()), tags, metrics.saved()));
  }

  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    Saved all = SavedForm.PLAIN.read(saved, Saved.class);
    metrics.restore(all.metrics);
    tags.putAll(all.tags);
    all.alarms.forEach(alarms::put);
  }
}
