// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.AwsException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Records of one kind by name or ARN. Thread-safe by the lock of its store. */
final class Records<T> {
  private final IamStore store;
  private final Function<String, AwsException> missing;
  private final Map<String, T> records = new TreeMap<>();

  /**
   * No records.
   *
   * @param missing the error for a key without a record
   */
  Records(IamStore store, Function<String, AwsException> missing) {
    this.store = store;
    this.missing = missing;
  }

  /** Every record, by key. The caller holds the store's lock while it uses them. */
  Collection<T> all() {
    return store.exclusively(records::values);
  }

  void put(String key, T record) {
    store.exclusively(() -> records.put(key, record));
    store.changed();
  }

  void remove(String key) {
    store.exclusively(() -> records.remove(key));
    store.changed();
  }

  Optional<T> find(String key) {
    return store.exclusively(() -> Optional.ofNullable(records.get(key)));
  }

  /**
   * The record of that key.
   *
   * @throws AwsException {@code NoSuchEntity}
   */
  T get(String key) {
    return find(key).orElseThrow(() -> missing.apply(key));
  }

  /** The key that equals {@code key} without regard to case. */
  Optional<String> sameKey(String key) {
    return store.exclusively(
        () -> records.keySet().stream().filter(key::equalsIgnoreCase).findFirst());
  }
}
