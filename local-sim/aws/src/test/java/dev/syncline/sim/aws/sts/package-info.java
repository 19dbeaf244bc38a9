// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.aws.sts;

import org.jspecify.annotations.NullMarked;
