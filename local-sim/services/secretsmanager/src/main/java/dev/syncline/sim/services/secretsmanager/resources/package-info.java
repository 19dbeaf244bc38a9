// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.secretsmanager.resources. */
@NullMarked
package dev.syncline.sim.services.secretsmanager.resources;

import org.jspecify.annotations.NullMarked;
