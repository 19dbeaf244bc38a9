// SPDX-License-Identifier: Apache-2.0
/**
 * Settings of the rooms that users set. They are here, and not in the rooms, because the command
 * line and the JUnit extension build them while rooms are known only at run time.
 */
@NullMarked
package dev.syncline.sim.service.settings;

import org.jspecify.annotations.NullMarked;
