// SPDX-License-Identifier: Apache-2.0
/**
 * Jobs from an SQS queue: messages, their delay and redelivery, and a polling process. A message is
 * deleted only after its job is answered.
 */
@NullMarked
package dev.syncline.worker.queue;

import org.jspecify.annotations.NullMarked;
