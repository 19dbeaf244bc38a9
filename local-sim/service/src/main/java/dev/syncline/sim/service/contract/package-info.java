// SPDX-License-Identifier: Apache-2.0
/** The ways from one service to another that are not operations. */
@NullMarked
package dev.syncline.sim.service.contract;

import org.jspecify.annotations.NullMarked;
