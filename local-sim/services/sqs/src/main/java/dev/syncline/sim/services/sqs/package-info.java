// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon SQS: standard and FIFO queues with visibility time-outs, delays, long polls, dead-letter
 * queues and their redrive.
 *
 * <p>Differences from AWS: messages are delivered in the order of sending, and once unless they
 * become visible again, also by standard queues; a message goes to its dead-letter queue when a
 * receive reaches it; queue policies and encryption keys are stored and shown but have no effect.
 * {@code SqsProtocol} has the names of the query protocol.
 *
 * <p>Sources: the service's published model for member names, ranges and errors; the SQS developer
 * guide, and recordings of AWS where the guide does not say, for behaviour.
 *
 * <p>Read {@code SqsService}, then the operations by noun: {@code QueueOperations}, {@code
 * PermissionOperations} and {@code MoveTaskOperations}. The operations on messages are two classes,
 * {@code SendOperations} and {@code ReceiveOperations}, because producers and consumers share no
 * code. {@code QueueStore} has the queues; a {@code Queue} has its messages in a {@code
 * MessageTable} and its consumers in {@code Receives}, under one lock.
 */
@NullMarked
package dev.syncline.sim.services.sqs;

import org.jspecify.annotations.NullMarked;
