// SPDX-License-Identifier: Apache-2.0
/** Execution environments that are class loaders in this process, on virtual time. */
@NullMarked
package dev.syncline.sim.lambda.inprocess;

import org.jspecify.annotations.NullMarked;
