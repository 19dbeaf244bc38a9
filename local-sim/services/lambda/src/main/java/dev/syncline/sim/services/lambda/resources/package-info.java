// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.lambda.resources. */
@NullMarked
package dev.syncline.sim.services.lambda.resources;

import org.jspecify.annotations.NullMarked;
