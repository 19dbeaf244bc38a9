// SPDX-License-Identifier: Apache-2.0
/**
 * A job as a Temporal workflow: what it is given, how it goes, how it ends. Known to both sides:
 * the worker that runs it, and the bridge that starts it.
 */
@NullMarked
package dev.syncline.temporal;

import org.jspecify.annotations.NullMarked;
