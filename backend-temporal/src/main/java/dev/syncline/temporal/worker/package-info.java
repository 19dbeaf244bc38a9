// SPDX-License-Identifier: Apache-2.0
/** Runs jobs as Temporal workflows; has a main class. */
@NullMarked
package dev.syncline.temporal.worker;

import org.jspecify.annotations.NullMarked;
