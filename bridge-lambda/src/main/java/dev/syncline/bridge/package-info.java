// SPDX-License-Identifier: Apache-2.0
/** The synchronous side: a Lambda handler that holds a caller while a backend works. */
@NullMarked
package dev.syncline.bridge;

import org.jspecify.annotations.NullMarked;
