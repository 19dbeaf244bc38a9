// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.services.sqs.resources. */
@NullMarked
package dev.syncline.sim.services.sqs.resources;

import org.jspecify.annotations.NullMarked;
