// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.lambda.process.node;

import org.jspecify.annotations.NullMarked;
