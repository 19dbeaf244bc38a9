// SPDX-License-Identifier: Apache-2.0
/**
 * Lambda execution environments: their start, input, output and end. Independent of AWS's API; the
 * simulator's {@code lambda} service is built on it.
 */
@NullMarked
package dev.syncline.sim.lambda;

import org.jspecify.annotations.NullMarked;
