// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.realtime.RealtimeTransport;
import dev.syncline.publisher.Authorization;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The dependencies of a {@link Bridge}.
 *
 * @param calls runs calls of the backend, which a request waits for until its deadline. With
 *     virtual time it runs them on the request's thread, so that no time is skipped during a call
 */
record BridgeDependencies(
    Clock clock,
    ScheduledExecutorService scheduler,
    RandomGenerator random,
    Supplier<Backend> backend,
    RealtimeTransport transport,
    Authorization authorization,
    KeySecret keySecret,
    Executor io,
    Executor calls,
    TimedJoin.Blocking blocking,
    BridgeLog log) {}
