// SPDX-License-Identifier: Apache-2.0
/**
 * Deploys a template into a simulator from Java, with the same operations that the AWS CLI calls.
 */
@NullMarked
package dev.syncline.sim.simulator.deploy;

import org.jspecify.annotations.NullMarked;
