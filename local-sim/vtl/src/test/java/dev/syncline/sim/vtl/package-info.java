// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.vtl;

import org.jspecify.annotations.NullMarked;
