// SPDX-License-Identifier: Apache-2.0
/**
 * A Temporal cluster on this machine for trials and tests: Temporal's own test server on a port.
 */
@NullMarked
package dev.syncline.temporal.local;

import org.jspecify.annotations.NullMarked;
