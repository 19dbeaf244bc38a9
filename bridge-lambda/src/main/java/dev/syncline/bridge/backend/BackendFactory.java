// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.util.Map;

/**
 * Makes one kind of backend. The shipped ones are known to {@link Backends}; another one is found
 * by {@link java.util.ServiceLoader}: put a jar with a {@code
 * META-INF/services/dev.syncline.bridge.backend.BackendFactory} beside the bridge's, and name it in
 * {@code BACKEND}.
 *
 * <p>Implementations have a public constructor without arguments, hold no state and are
 * thread-safe.
 */
public interface BackendFactory {

  /** The value of {@code BACKEND} that chooses it: lower-case letters, digits and dashes. */
  String name();

  /**
   * Checks what the environment says about this backend. Runs while the function initialises: no
   * I/O, and no class of a client library.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong, and what to do
   */
  void check(Map<String, String> environment);

  /**
   * Whether answers come on the reply channel. If not, the bridge needs no Event API and subscribes
   * to nothing: every answer comes as {@link StartResult.Promised} or is found by {@link
   * Backend#find}.
   */
  default boolean answersOnChannel(Map<String, String> environment) {
    return true;
  }

  /**
   * Makes the backend: once, when it is first needed or while the environment warms up, perhaps at
   * the same time as the reply subscription. The environment has passed {@link #check}.
   */
  Backend create(BackendContext context);
}
