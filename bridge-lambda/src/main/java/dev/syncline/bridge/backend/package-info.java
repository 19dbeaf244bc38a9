// SPDX-License-Identifier: Apache-2.0
/** The asynchronous side as the bridge sees it: start work, and ask how it went. */
@NullMarked
package dev.syncline.bridge.backend;

import org.jspecify.annotations.NullMarked;
