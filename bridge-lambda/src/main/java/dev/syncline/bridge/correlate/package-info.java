// SPDX-License-Identifier: Apache-2.0
/** Correlation ids, the requests that wait for an answer, and how long they may. */
@NullMarked
package dev.syncline.bridge.correlate;

import org.jspecify.annotations.NullMarked;
