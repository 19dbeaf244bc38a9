// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.stepfunctions.resources. */
@NullMarked
package dev.syncline.sim.services.stepfunctions.resources;

import org.jspecify.annotations.NullMarked;
