// SPDX-License-Identifier: Apache-2.0
/** The Python runtimes: the host's interpreter with our own client. */
@NullMarked
package dev.syncline.sim.lambda.process.python;

import org.jspecify.annotations.NullMarked;
