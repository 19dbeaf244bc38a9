// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.aws.stepfunctions.corpus;

import org.jspecify.annotations.NullMarked;
