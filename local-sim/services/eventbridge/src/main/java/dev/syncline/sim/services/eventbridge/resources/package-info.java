// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.eventbridge.resources. */
@NullMarked
package dev.syncline.sim.services.eventbridge.resources;

import org.jspecify.annotations.NullMarked;
