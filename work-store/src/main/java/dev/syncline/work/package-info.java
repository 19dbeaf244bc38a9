// SPDX-License-Identifier: Apache-2.0
/**
 * Time and randomness as ports, and the reading of numbers from the environment, which the bridge,
 * the workers, and the publisher share.
 */
@NullMarked
package dev.syncline.work;

import org.jspecify.annotations.NullMarked;
