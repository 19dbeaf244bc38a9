// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What a backend may stand on. Immutable and thread-safe.
 *
 * @param environment the function's variables: region, credentials and {@code AWS_ENDPOINT_URL} too
 * @param clock the bridge's time, perhaps virtual
 * @param io runs what blocks, each task on a thread of its own
 */
public record BackendContext(Map<String, String> environment, Clock clock, Executor io) {

  public BackendContext {
    environment = Map.copyOf(environment);
  }

  /** Never the environment: it may hold secrets. */
  @Override
  public String toString() {
    return "BackendContext[" + environment.size() + " variables]";
  }
}
