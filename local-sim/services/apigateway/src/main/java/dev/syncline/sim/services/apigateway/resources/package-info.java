// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.apigateway.resources. */
@NullMarked
package dev.syncline.sim.services.apigateway.resources;

import org.jspecify.annotations.NullMarked;
