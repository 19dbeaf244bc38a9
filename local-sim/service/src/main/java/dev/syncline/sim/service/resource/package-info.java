// SPDX-License-Identifier: Apache-2.0
/**
 * What CloudFormation's resource types are made of: calls of published operations, nothing else.
 */
@NullMarked
package dev.syncline.sim.service.resource;

import org.jspecify.annotations.NullMarked;
