// SPDX-License-Identifier: Apache-2.0
/** The Node.js runtimes: the host's interpreter with our own client. */
@NullMarked
package dev.syncline.sim.lambda.process.node;

import org.jspecify.annotations.NullMarked;
