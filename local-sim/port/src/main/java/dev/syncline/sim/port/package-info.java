// SPDX-License-Identifier: Apache-2.0
/** The one port: serves the HTTP and WebSocket endpoints of the services. */
@NullMarked
package dev.syncline.sim.port;

import org.jspecify.annotations.NullMarked;
