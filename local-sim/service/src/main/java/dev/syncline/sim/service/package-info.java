// SPDX-License-Identifier: Apache-2.0
/**
 * What an AWS service is to the simulator: operations over JSON values and typed errors, without
 * bytes.
 */
@NullMarked
package dev.syncline.sim.service;

import org.jspecify.annotations.NullMarked;
