// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.aws.s3;

import org.jspecify.annotations.NullMarked;
