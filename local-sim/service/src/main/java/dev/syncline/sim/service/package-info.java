// SPDX-License-Identifier: Apache-2.0
/**
 * The interface of a simulated AWS service: operations over JSON values and typed errors, without
 * bytes.
 */
@NullMarked
package dev.syncline.sim.service;

import org.jspecify.annotations.NullMarked;
