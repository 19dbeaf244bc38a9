// SPDX-License-Identifier: Apache-2.0
/**
 * Runs handlers of Event APIs and resolvers of GraphQL APIs (runtime {@code APPSYNC_JS}) on
 * GraalJS. Nothing remains from one call to the next; statements, processor time and memory of a
 * call are bounded. No I/O.
 */
@NullMarked
package dev.syncline.sim.handlers;

import org.jspecify.annotations.NullMarked;
