// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.util.Map;

/**
 * Creates one kind of backend. {@link Backends} lists the shipped factories. Others are found by
 * {@link java.util.ServiceLoader}: put a jar with a {@code
 * META-INF/services/dev.syncline.bridge.backend.BackendFactory} on the bridge's class path, and set
 * {@code BACKEND} to its name.
 *
 * <p>Implementations have a public constructor without arguments, hold no state and are
 * thread-safe.
 */
public interface BackendFactory {

  /**
   * The value of {@code BACKEND} that selects this backend: lower-case letters, digits and dashes.
   */
  String name();

  /**
   * Validates this backend's variables. Runs during the function's initialisation, so it does no
   * I/O and loads no class of a client library.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong, and the
   *     correction
   */
  void check(Map<String, String> environment);

  /**
   * Whether answers arrive on the reply channel. If not, the bridge needs no Event API and does not
   * subscribe: every answer is a {@link StartResult.Promised} or is found by {@link Backend#find}.
   */
  default boolean answersOnChannel(Map<String, String> environment) {
    return true;
  }

  /**
   * Creates the backend, once: at its first use or during warm-up, possibly concurrently with the
   * reply subscription. The environment has passed {@link #check}.
   */
  Backend create(BackendContext context);
}
