// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What an evaluation takes from outside.
 *
 * @param random what {@code $random}, {@code $uuid} and {@code $shuffle} draw from
 * @param now what {@code $now} and {@code $millis} tell
 */
public record Surroundings(RandomGenerator random, Instant now) {}
