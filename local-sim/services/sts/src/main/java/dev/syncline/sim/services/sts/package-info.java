// SPDX-License-Identifier: Apache-2.0
/** STS: who the caller is. */
@NullMarked
package dev.syncline.sim.services.sts;

import org.jspecify.annotations.NullMarked;
