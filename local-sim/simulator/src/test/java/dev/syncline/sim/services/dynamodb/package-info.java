// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.dynamodb;

import org.jspecify.annotations.NullMarked;
