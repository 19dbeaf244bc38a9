// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.iam.resources. */
@NullMarked
package dev.syncline.sim.services.iam.resources;

import org.jspecify.annotations.NullMarked;
