// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.s3.resources. */
@NullMarked
package dev.syncline.sim.services.s3.resources;

import org.jspecify.annotations.NullMarked;
