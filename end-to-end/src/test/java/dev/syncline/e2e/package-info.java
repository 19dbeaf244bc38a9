// SPDX-License-Identifier: Apache-2.0
/** The whole system, from outside: this repository's own template deployed into the simulator. */
@NullMarked
package dev.syncline.e2e;

import org.jspecify.annotations.NullMarked;
