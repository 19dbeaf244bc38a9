// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.lambda.process.provided;

import org.jspecify.annotations.NullMarked;
