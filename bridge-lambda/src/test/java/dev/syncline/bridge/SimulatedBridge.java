// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.realtime.RealtimeTransport;
import dev.syncline.publisher.Authorization;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A bridge for tests in other packages, which supply its dependencies. */
public final class SimulatedBridge {
  private SimulatedBridge() {}

  /** A bridge without a log. */
  public static <T extends ScheduledExecutorService & TimedJoin.Blocking> BridgeHandler of(
      Map<String, String> environment,
      Clock clock,
      T threads,
      RandomGenerator random,
      Function<BridgeConfig, Backend> backend,
      RealtimeTransport transport,
      Authorization authorization,
      Executor io) {
    BridgeConfig config = BridgeConfig.fromEnvironment(environment);
    return new BridgeHandler(
        new Bridge(
            config,
            new BridgeDependencies(
                clock,
                threads,
                random,
                () -> backend.apply(config),
                transport,
                authorization,
                KeySecret.fromEnvironment(environment),
                io,
                io,
                threads,
                new BridgeLog(
                    clock,
                    new PrintStream(
                        OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)))));
  }
}
