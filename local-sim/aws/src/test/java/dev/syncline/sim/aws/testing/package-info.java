// SPDX-License-Identifier: Apache-2.0
/** Helpers for tests. */
@NullMarked
package dev.syncline.sim.aws.testing;

import org.jspecify.annotations.NullMarked;
