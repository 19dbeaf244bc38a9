// SPDX-License-Identifier: Apache-2.0
/** The command line: starts the simulator, deploys into it, and talks to one that runs. */
@NullMarked
package dev.syncline.sim.cli;

import org.jspecify.annotations.NullMarked;
