// SPDX-License-Identifier: Apache-2.0
/** Parses the text of a definition into the model, with AWS's diagnostics. */
@NullMarked
package dev.syncline.sim.asl.internal.parse;

import org.jspecify.annotations.NullMarked;
