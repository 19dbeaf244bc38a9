// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** Creates a handler for one environment. */
@FunctionalInterface
public interface HandlerFactory {
  /**
   * * Creates a handler.
   *
   * @param environment the variables that a process would find in {@code System.getenv()}
   * @param clock virtual time
   * @param scheduler virtual time
   */
  RequestStreamHandler create(
      Map<String, String> environment, Clock clock, ScheduledExecutorService scheduler)
      throws Exception;
}
