// SPDX-License-Identifier: Apache-2.0
/**
 * The asynchronous side: one job core, which waits, works and publishes the outcome. Knows nothing
 * of what hosts it; hosts are in packages of their own.
 */
@NullMarked
package dev.syncline.worker;

import org.jspecify.annotations.NullMarked;
