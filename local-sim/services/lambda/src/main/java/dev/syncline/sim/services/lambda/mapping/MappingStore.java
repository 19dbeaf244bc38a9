// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.state.SavedForm;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Event source mappings, their tags and what works for them. Thread-safe. */
public final class MappingStore implements AutoCloseable {
  private final MappingWorkers makers;
  private final Map<String, MappingWorker> workers = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

  /** No mappings yet. */
  public MappingStore(MappingWorkers makers) {
    this.makers = makers;
  }

  /**
   * Adds a mapping and begins.
   *
   * @throws dev.syncline.sim.service.AwsException when its source and function have a mapping
   */
  MappingWorker add(
      Mapping mapping, String functionName, StreamPositions start, Map<String, String> newTags) {
    MappingWorker worker = makers.make(mapping, MappingWorker.NOTHING_YET, start);
    synchronized (this) {
      for (MappingWorker existing : workers.values()) {
        if (existing.mapping().sourceArn().equals(mapping.sourceArn())
            && existing.mapping().functionArn().equals(mapping.functionArn())) {
          throw MappingErrors.exists(existing.mapping(), functionName);
        }
      }
      workers.put(mapping.uuid(), worker);
      tags.put(mapping.arn(), new ConcurrentSkipListMap<>(newTags));
    }
    worker.start();
    return worker;
  }

  /** The mapping, or the error for one that is unknown. */
  synchronized MappingWorker require(String uuid) {
    MappingWorker worker = workers.get(uuid);
    if (worker == null) {
      throw MappingErrors.notFound();
    }
    return worker;
  }

  /** All mappings, in order of creation. */
  synchronized List<MappingWorker> all() {
    return List.copyOf(workers.values());
  }

  /** Ends a mapping and forgets it. */
  void remove(MappingWorker worker) {
    synchronized (this) {
      workers.remove(worker.mapping().uuid());
      tags.remove(worker.mapping().arn());
    }
    worker.stop();
  }

  /** The tags of a mapping, to be changed in place; empty when the ARN is not one of a mapping. */
  public synchronized Optional<Map<String, String>> tags(String arn) {
    return Optional.ofNullable(tags.get(arn));
  }

  /** A mapping as it is saved. */
  private record Saved(
      String uuid,
      String arn,
      String sourceArn,
      String functionArn,
      boolean enabled,
      int batchSize,
      Duration window,
      boolean partialFailures,
      List<String> patterns,
      Instant modified,
      MappingSource source,
      StreamPositions positions,
      String lastResult,
      Map<String, String> tags) {}

  /** Every mapping, to be saved. */
  public synchronized JsonNode saved() {
    return SavedForm.PLAIN.write(
        workers.values().stream()
            .map(
                worker -> {
                  Mapping mapping = worker.mapping();
                  return new Saved(
                      mapping.uuid(),
                      mapping.arn(),
                      mapping.sourceArn(),
                      mapping.functionArn(),
                      mapping.enabled(),
                      mapping.batchSize(),
                      mapping.window(),
                      mapping.partialFailures(),
                      mapping.patterns(),
                      mapping.modified(),
                      mapping.source(),
                      worker.positions(),
                      worker.lastResult(),
                      tags.getOrDefault(mapping.arn(), Map.of()));
                })
            .toList());
  }

  /** Restores what {@link #saved} returned; nothing is received before {@link #resume}. */
  public synchronized void restore(JsonNode saved) {
    for (Saved one : SavedForm.PLAIN.read(saved, Saved[].class)) {
      var mapping =
          new Mapping(
              one.uuid,
              one.arn,
              one.sourceArn,
              one.functionArn,
              one.enabled,
              one.batchSize,
              one.window,
              one.partialFailures,
              one.patterns,
              MappingInput.filter(one.patterns, one.source),
              one.modified,
              one.source);
      workers.put(one.uuid, makers.make(mapping, one.lastResult, one.positions));
      tags.put(one.arn, new ConcurrentSkipListMap<>(one.tags));
    }
  }

  /** Begins to receive. */
  public void resume() {
    all().forEach(MappingWorker::start);
  }

  /** Stops every mapping. */
  @Override
  public void close() {
    all().forEach(MappingWorker::stop);
  }
}
