// SPDX-License-Identifier: Apache-2.0
/** The one port: HTTP and WebSocket endpoints as the services see them. */
@NullMarked
package dev.syncline.sim.port;

import org.jspecify.annotations.NullMarked;
