// SPDX-License-Identifier: Apache-2.0
/**
 * Jobs that a Step Functions task waits for: tasks of an activity, or jobs with a task token. The
 * outcome is sent to the task, and the workflow continues.
 */
@NullMarked
package dev.syncline.worker.task;

import org.jspecify.annotations.NullMarked;
