// SPDX-License-Identifier: Apache-2.0
/** Runs jobs as Temporal workflows, and the program that does. */
@NullMarked
package dev.syncline.temporal.worker;

import org.jspecify.annotations.NullMarked;
