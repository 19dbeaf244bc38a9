// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.dynamodb.data;

import org.jspecify.annotations.NullMarked;
