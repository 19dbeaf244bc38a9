// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.service.contract. */
@NullMarked
package dev.syncline.sim.service.contract;

import org.jspecify.annotations.NullMarked;
