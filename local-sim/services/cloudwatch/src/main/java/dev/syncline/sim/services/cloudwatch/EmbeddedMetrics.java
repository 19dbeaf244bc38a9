// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.MetricSink;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes metrics of other rooms, also those in log lines of the embedded metric format. The format:
 * CloudWatch's "Embedded metric format specification". Ignores lines in another format.
 * Thread-safe.
 */
record EmbeddedMetrics(MetricStore store) implements MetricSink {
  @Override
  public void logged(Instant time, String message) {
    int start = message.indexOf('{');
    if (start >= 0 && message.contains("\"_aws\"") && message.contains("\"CloudWatchMetrics\"")) {
      try {
        read(Json.MAPPER.readTree(message.substring(start).strip()), time);
      } catch (JsonProcessingException notOfTheFormat) {
        // A log line may have any form.
      }
    }
  }

  @Override
  public void value(
      Instant time,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      double value,
      String unit) {
    store.add(
        new Metric(namespace, metric, new TreeMap<>(dimensions)), time, Values.of(value, 1), unit);
  }

  private void read(JsonNode line, Instant written) {
    JsonNode timestamp = line.at("/_aws/Timestamp");
    Instant time = timestamp.isNumber() ? Instant.ofEpochMilli(timestamp.asLong()) : written;
    for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
      String namespace = directive.path("Namespace").asText();
      if (namespace.isEmpty()) {
        continue;
      }
      for (JsonNode set : directive.path("Dimensions")) {
        var dimensions = new TreeMap<String, String>();
        set.forEach(name -> dimensions.put(name.asText(), line.path(name.asText()).asText()));
        for (JsonNode definition : directive.path("Metrics")) {
          String name = definition.path("Name").asText();
          var metric = new Metric(namespace, name, dimensions);
          String unit = definition.path("Unit").asText("None");
          JsonNode value = line.path(name);
          if (value.isNumber()) {
            store.add(metric, time, Values.of(value.asDouble(), 1), unit);
          }
          for (JsonNode one : value) {
            if (one.isNumber()) {
              store.add(metric, time, Values.of(one.asDouble(), 1), unit);
            }
          }
        }
      }
    }
  }
}
