// SPDX-License-Identifier: Apache-2.0
/** The port to the asynchronous side: starts work and polls its state. */
@NullMarked
package dev.syncline.bridge.backend;

import org.jspecify.annotations.NullMarked;
