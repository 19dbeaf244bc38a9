// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.appsync.resources. */
@NullMarked
package dev.syncline.sim.services.appsync.resources;

import org.jspecify.annotations.NullMarked;
