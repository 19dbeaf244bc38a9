// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Exclusive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * All layers. Thread-safe: the store has one lock, and every method holds it. It may be taken under
 * the lock of {@link FunctionStore}, never the other way round.
 */
final class LayerStore {
  private final String account;
  private final String region;
  private final Exclusive lock = new Exclusive();
  private final TreeMap<String, TreeMap<Long, LayerVersion>> layers = new TreeMap<>();

  /** The last number of each layer, which is never used again, even after a deletion. */
  private final Map<String, Long> lastNumbers = new LinkedHashMap<>();

  LayerStore(String account, String region) {
    this.account = account;
    this.region = region;
  }

  String account() {
    return account;
  }

  String region() {
    return region;
  }

  String arn(String layer) {
    return Arn.aws("lambda", region, account, "layer:" + layer);
  }

  /** Adds the version that {@code work} makes of its number. */
  LayerVersion publish(String layer, Function<Long, LayerVersion> work) {
    return lock.call(
        () -> {
          long number = lastNumbers.merge(layer, 1L, Long::sum);
          LayerVersion version = work.apply(number);
          layers.computeIfAbsent(layer, name -> new TreeMap<>()).put(number, version);
          return version;
        });
  }

  /** Runs {@code work} on the version, while it cannot be deleted. */
  <T> Optional<T> with(String layer, long number, Function<LayerVersion, T> work) {
    return lock.call(
        () ->
            Optional.ofNullable(layers.getOrDefault(layer, new TreeMap<>()).get(number)).map(work));
  }

  Optional<LayerVersion> find(String layer, long number) {
    return with(layer, number, version -> version);
  }

  /** Replaces a version, if it is there, by what {@code work} makes of it. */
  Optional<LayerVersion> replace(String layer, long number, UnaryOperator<LayerVersion> work) {
    return lock.call(
        () -> {
          TreeMap<Long, LayerVersion> versions = layers.get(layer);
          return Optional.ofNullable(
              versions == null
                  ? null
                  : versions.computeIfPresent(number, (key, before) -> work.apply(before)));
        });
  }

  void delete(String layer, long number) {
    lock.call(
        () -> {
          TreeMap<Long, LayerVersion> versions = layers.get(layer);
          if (versions != null) {
            versions.remove(number);
            if (versions.isEmpty()) {
              layers.remove(layer);
            }
          }
          return true;
        });
  }

  /** The versions of a layer, the newest first; empty for an unknown layer. */
  List<LayerVersion> versions(String layer) {
    return lock.call(
        () -> List.copyOf(layers.getOrDefault(layer, new TreeMap<>()).descendingMap().values()));
  }

  /** The names of all layers that have a version. */
  List<String> names() {
    return lock.call(() -> List.copyOf(layers.keySet()));
  }

  /** Every version of every layer. */
  List<LayerVersion> all() {
    return lock.call(
        () -> {
          var all = new ArrayList<LayerVersion>();
          layers.values().forEach(versions -> all.addAll(versions.values()));
          return all;
        });
  }

  /** The last number of each layer, for saving. */
  Map<String, Long> lastNumbers() {
    return lock.call(() -> Map.copyOf(lastNumbers));
  }

  /** Adds what was saved. */
  void restore(Map<String, Long> numbers, List<LayerVersion> versions) {
    lock.call(
        () -> {
          lastNumbers.putAll(numbers);
          for (LayerVersion version : versions) {
            layers
                .computeIfAbsent(version.layer(), name -> new TreeMap<>())
                .put(version.number(), version);
          }
          return true;
        });
  }
}
