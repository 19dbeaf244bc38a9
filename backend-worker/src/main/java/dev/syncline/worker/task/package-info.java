// SPDX-License-Identifier: Apache-2.0
/**
 * Jobs that a Step Functions task waits for: of an activity, or with a token that came by another
 * way. The outcome is told to the task, and the workflow goes on from there.
 */
@NullMarked
package dev.syncline.worker.task;

import org.jspecify.annotations.NullMarked;
