// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The randomness and the time that an evaluation reads.
 *
 * @param random the source of {@code $random}, {@code $uuid} and {@code $shuffle}
 * @param now the result of {@code $now} and {@code $millis}
 */
public record JsonataEnvironment(RandomGenerator random, Instant now) {}
