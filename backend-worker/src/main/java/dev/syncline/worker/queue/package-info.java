// SPDX-License-Identifier: Apache-2.0
/**
 * Jobs from an SQS queue: what a message is, how it waits and is given again, and a process that
 * polls. Receiving a message promises nothing; it is deleted when its job is answered.
 */
@NullMarked
package dev.syncline.worker.queue;

import org.jspecify.annotations.NullMarked;
