// SPDX-License-Identifier: Apache-2.0
/** CloudFormation's resource types, which call published operations only. */
@NullMarked
package dev.syncline.sim.service.resource;

import org.jspecify.annotations.NullMarked;
