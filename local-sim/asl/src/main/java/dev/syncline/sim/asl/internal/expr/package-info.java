// SPDX-License-Identifier: Apache-2.0
/**
 * Queries and templates of the Amazon States Language: JSONPath, reference paths, intrinsic
 * functions, JSONata. Everything here is compiled once and immutable.
 */
@NullMarked
package dev.syncline.sim.asl.internal.expr;

import org.jspecify.annotations.NullMarked;
