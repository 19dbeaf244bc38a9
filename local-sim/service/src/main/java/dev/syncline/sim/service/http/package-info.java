// SPDX-License-Identifier: Apache-2.0
/** Requests, responses, endpoints and WebSockets as a service sees them. */
@NullMarked
package dev.syncline.sim.service.http;

import org.jspecify.annotations.NullMarked;
