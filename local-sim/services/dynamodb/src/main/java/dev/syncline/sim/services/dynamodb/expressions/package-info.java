// SPDX-License-Identifier: Apache-2.0
/**
 * Condition, filter, projection, key-condition and update expressions, and the legacy parameters.
 */
@NullMarked
package dev.syncline.sim.services.dynamodb.expressions;

import org.jspecify.annotations.NullMarked;
