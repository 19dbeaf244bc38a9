// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.syncline.sim.lambda.FunctionSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Handlers given as objects, for tests: they replace the code of a function that was created as
 * usual. Thread-safe.
 */
public final class InProcessFunctions {
  private final Map<String, HandlerFactory> byKey = new ConcurrentHashMap<>();

  /** Runs functions of that name, or with that handler, by {@code factory}. */
  public void register(String functionNameOrHandler, HandlerFactory factory) {
    byKey.put(functionNameOrHandler, factory);
  }

  /** As above, for handlers that need only their environment variables. */
  public void register(
      String functionNameOrHandler, Function<Map<String, String>, RequestStreamHandler> factory) {
    register(functionNameOrHandler, (environment, clock, scheduler) -> factory.apply(environment));
  }

  @Nullable HandlerFactory find(FunctionSpec spec) {
    HandlerFactory byName = byKey.get(spec.name());
    return byName != null ? byName : byKey.get(spec.handler());
  }
}
