// SPDX-License-Identifier: Apache-2.0
/**
 * Bridges in a world where everything fails that can, simulated so that one seed is one course of
 * events.
 */
@NullMarked
package dev.syncline.bridge.faults;

import org.jspecify.annotations.NullMarked;
