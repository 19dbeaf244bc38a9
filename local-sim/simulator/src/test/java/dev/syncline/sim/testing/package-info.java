// SPDX-License-Identifier: Apache-2.0
/** Helpers for tests. */
@NullMarked
package dev.syncline.sim.testing;

import org.jspecify.annotations.NullMarked;
