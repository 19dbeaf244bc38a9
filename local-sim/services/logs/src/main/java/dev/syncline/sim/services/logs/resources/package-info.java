// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.logs.resources. */
@NullMarked
package dev.syncline.sim.services.logs.resources;

import org.jspecify.annotations.NullMarked;
