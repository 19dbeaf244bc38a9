// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the code of AppSync Events namespace handlers (runtime {@code APPSYNC_JS}) on GraalJS, each
 * call in its own context with bounded statements, processor time and memory. No I/O.
 */
@NullMarked
package dev.syncline.sim.handlers;

import org.jspecify.annotations.NullMarked;
