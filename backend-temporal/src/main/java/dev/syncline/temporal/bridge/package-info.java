// SPDX-License-Identifier: Apache-2.0
/**
 * The bridge's backend {@code temporal}, which ServiceLoader finds when this jar is on the class
 * path.
 */
@NullMarked
package dev.syncline.temporal.bridge;

import org.jspecify.annotations.NullMarked;
