// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group of a pool. Immutable.
 *
 * @param description null when none was given
 * @param roleArn null when none was given
 * @param precedence null when none was given; the lowest value wins
 */
public record PoolGroup(
    String name,
    String poolId,
    @Nullable String description,
    @Nullable String roleArn,
    @Nullable Integer precedence,
    Instant created,
    Instant modified) {}
