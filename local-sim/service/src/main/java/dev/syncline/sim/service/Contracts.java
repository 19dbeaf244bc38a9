// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the implementations of {@link dev.syncline.sim.service.contract contracts}: one room
 * provides each, other rooms find it by its type. Thread-safe.
 */
public final class Contracts {
  private final Map<Class<?>, Object> implementations = new ConcurrentHashMap<>();

  /**
   * Provides a contract.
   *
   * @throws IllegalStateException when it is already provided
   */
  public <T> void provide(Class<T> contract, T implementation) {
    if (implementations.putIfAbsent(contract, implementation) != null) {
      throw new IllegalStateException(
          "two rooms provide the contract " + contract.getSimpleName() + "; only one may");
    }
  }

  /**
   * The implementation.
   *
   * @throws IllegalStateException when no room provides it
   */
  public <T> T get(Class<T> contract) {
    Object found = implementations.get(contract);
    if (found == null) {
      throw new IllegalStateException(
          "no room provides the contract "
              + contract.getSimpleName()
              + "; the simulator lacks the service that its Javadoc names");
    }
    return contract.cast(found);
  }

  /** The implementation; empty when no room provides it. */
  public <T> Optional<T> find(Class<T> contract) {
    return Optional.ofNullable(implementations.get(contract)).map(contract::cast);
  }

  /** As {@link #get}, looked up at the first use, so that rooms may be created in any order. */
  public <T> Supplier<T> later(Class<T> contract) {
    return new Supplier<>() {
      private volatile @Nullable T found;

      @Override
      public T get() {
        T known = found;
        if (known == null) {
          known = Contracts.this.get(contract);
          found = known;
        }
        return known;
      }
    };
  }
}
