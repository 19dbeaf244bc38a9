// SPDX-License-Identifier: Apache-2.0
/** Execution environments that are child processes and speak the Lambda Runtime API. */
@NullMarked
package dev.syncline.sim.lambda.process;

import org.jspecify.annotations.NullMarked;
