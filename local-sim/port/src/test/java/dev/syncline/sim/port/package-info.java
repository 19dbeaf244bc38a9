// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.port;

import org.jspecify.annotations.NullMarked;
