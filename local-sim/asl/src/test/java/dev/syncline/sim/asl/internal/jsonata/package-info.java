// SPDX-License-Identifier: Apache-2.0
/** Tests of JSONata below the public face. */
@NullMarked
package dev.syncline.sim.asl.internal.jsonata;

import org.jspecify.annotations.NullMarked;
