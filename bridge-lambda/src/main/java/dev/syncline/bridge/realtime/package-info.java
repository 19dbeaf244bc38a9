// SPDX-License-Identifier: Apache-2.0
/** The reply subscription: AppSync Events over one WebSocket per execution environment. */
@NullMarked
package dev.syncline.bridge.realtime;

import org.jspecify.annotations.NullMarked;
