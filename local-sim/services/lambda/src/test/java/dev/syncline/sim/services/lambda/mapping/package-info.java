// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.lambda.mapping;

import org.jspecify.annotations.NullMarked;
