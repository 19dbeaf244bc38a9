// SPDX-License-Identifier: Apache-2.0
/**
 * A job as a Temporal workflow: its input, state, and result. The worker, which runs it, and the
 * bridge, which starts it, share this package.
 */
@NullMarked
package dev.syncline.temporal;

import org.jspecify.annotations.NullMarked;
