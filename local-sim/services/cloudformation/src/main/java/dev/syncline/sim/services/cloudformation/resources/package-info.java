// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.cloudformation.resources. */
@NullMarked
package dev.syncline.sim.services.cloudformation.resources;

import org.jspecify.annotations.NullMarked;
