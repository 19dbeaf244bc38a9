// SPDX-License-Identifier: Apache-2.0
/** AWS CloudFormation: stacks, change sets, and the engine that carries a template out. */
@NullMarked
package dev.syncline.sim.services.cloudformation;

import org.jspecify.annotations.NullMarked;
