// SPDX-License-Identifier: Apache-2.0
/**
 * The bridge's backend {@code temporal}, found by its service loader when this jar is beside it.
 */
@NullMarked
package dev.syncline.temporal.bridge;

import org.jspecify.annotations.NullMarked;
