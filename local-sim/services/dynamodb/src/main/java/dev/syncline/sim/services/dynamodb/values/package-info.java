// SPDX-License-Identifier: Apache-2.0
/**
 * Attribute values: types, numbers, sizes, their JSON and their stored bytes. No I/O, no AWS
 * errors.
 */
@NullMarked
package dev.syncline.sim.services.dynamodb.values;

import org.jspecify.annotations.NullMarked;
