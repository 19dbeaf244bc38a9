// SPDX-License-Identifier: Apache-2.0
/** Tests of the expression languages below the public face. */
@NullMarked
package dev.syncline.sim.asl.internal.expr;

import org.jspecify.annotations.NullMarked;
