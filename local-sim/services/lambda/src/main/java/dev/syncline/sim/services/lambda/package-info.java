// SPDX-License-Identifier: Apache-2.0
/** AWS Lambda's API over the execution environments of {@code local-sim/lambda}. */
@NullMarked
package dev.syncline.sim.services.lambda;

import org.jspecify.annotations.NullMarked;
