// SPDX-License-Identifier: Apache-2.0
/**
 * The asynchronous side: one job core, which waits, works and publishes the outcome. Its hosts are
 * in their own packages, on which it does not depend.
 */
@NullMarked
package dev.syncline.worker;

import org.jspecify.annotations.NullMarked;
