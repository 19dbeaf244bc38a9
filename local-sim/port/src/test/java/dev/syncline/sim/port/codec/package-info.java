// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.port.codec;

import org.jspecify.annotations.NullMarked;
