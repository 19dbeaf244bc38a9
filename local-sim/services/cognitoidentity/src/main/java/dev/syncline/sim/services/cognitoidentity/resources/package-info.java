// SPDX-License-Identifier: Apache-2.0
/**
 * CloudFormation's resource types of identity pools.
 *
 * <p>Source: CloudFormation's template reference.
 */
@NullMarked
package dev.syncline.sim.services.cognitoidentity.resources;

import org.jspecify.annotations.NullMarked;
