// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The dependencies of a backend. Immutable and thread-safe.
 *
 * @param environment the function's variables: region, credentials and {@code AWS_ENDPOINT_URL} too
 * @param clock the bridge's time, which may be virtual
 * @param io runs blocking tasks, each on its own thread
 */
public record BackendContext(Map<String, String> environment, Clock clock, Executor io) {

  public BackendContext {
    environment = Map.copyOf(environment);
  }

  /** Omits the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "BackendContext[" + environment.size() + " variables]";
  }
}
