// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.Authorization;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * The dependencies of a {@link ReplyConnection}.
 *
 * @param scheduler runs short tasks only, and uses the same time as the clock
 * @param io runs blocking tasks
 */
public record ReplyConnectionDependencies(
    Authorization authorization,
    RealtimeTransport transport,
    Clock clock,
    ScheduledExecutorService scheduler,
    RandomGenerator random,
    Executor io) {}
