// SPDX-License-Identifier: Apache-2.0
/** Correlation ids, pending replies, and deadlines. */
@NullMarked
package dev.syncline.bridge.correlate;

import org.jspecify.annotations.NullMarked;
