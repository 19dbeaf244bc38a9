// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.s3;

import org.jspecify.annotations.NullMarked;
