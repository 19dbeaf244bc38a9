// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import java.time.Instant;

/** A user's sign-in to the console. The simulator has no such sign-in and keeps no password. */
record LoginProfile(Instant created, boolean resetRequired) {}
