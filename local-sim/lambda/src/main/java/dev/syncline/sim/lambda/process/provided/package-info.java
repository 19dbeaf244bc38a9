// SPDX-License-Identifier: Apache-2.0
/** The OS-only runtimes: the package's or a layer's bootstrap. */
@NullMarked
package dev.syncline.sim.lambda.process.provided;

import org.jspecify.annotations.NullMarked;
