// SPDX-License-Identifier: Apache-2.0
/** CloudFormation resource types of this service. */
@NullMarked
package dev.syncline.sim.services.eventbridge.resources;

import org.jspecify.annotations.NullMarked;
