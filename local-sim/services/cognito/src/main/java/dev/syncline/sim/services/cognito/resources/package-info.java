// SPDX-License-Identifier: Apache-2.0
/** The CloudFormation resource types of user pools. */
@NullMarked
package dev.syncline.sim.services.cognito.resources;

import org.jspecify.annotations.NullMarked;
