// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.cloudwatch.resources. */
@NullMarked
package dev.syncline.sim.services.cloudwatch.resources;

import org.jspecify.annotations.NullMarked;
