// SPDX-License-Identifier: Apache-2.0
/** The saved state of services: its form and where it is stored. */
@NullMarked
package dev.syncline.sim.service.state;

import org.jspecify.annotations.NullMarked;
