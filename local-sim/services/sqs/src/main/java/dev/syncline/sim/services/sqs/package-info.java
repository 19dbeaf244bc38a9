// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon SQS: standard and FIFO queues with visibility time-outs, delays, long polls, dead-letter
 * queues and their redrive.
 */
@NullMarked
package dev.syncline.sim.services.sqs;

import org.jspecify.annotations.NullMarked;
