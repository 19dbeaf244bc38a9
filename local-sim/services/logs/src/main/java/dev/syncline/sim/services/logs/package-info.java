// SPDX-License-Identifier: Apache-2.0
/** CloudWatch Logs: groups, streams and events, bounded in memory. */
@NullMarked
package dev.syncline.sim.services.logs;

import org.jspecify.annotations.NullMarked;
