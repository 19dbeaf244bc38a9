// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;

/**
 * What all connections of one server share. Thread-safe.
 *
 * @param mailboxes the account of what waits for WebSocket peers
 * @param budget the account of the bodies of all requests under way
 */
record ConnectionContext(
    Router router,
    SimClock clock,
    Journal journal,
    PortLimits limits,
    Mailboxes mailboxes,
    BodyBudget budget) {}
