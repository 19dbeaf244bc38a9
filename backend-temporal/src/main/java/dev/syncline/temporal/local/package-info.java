// SPDX-License-Identifier: Apache-2.0
/** A local Temporal cluster for tests: Temporal's test server on a port. */
@NullMarked
package dev.syncline.temporal.local;

import org.jspecify.annotations.NullMarked;
