// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon DynamoDB Streams: lists, describes and reads the streams of tables, which the room of
 * DynamoDB keeps. It has no state of its own: an iterator holds its position.
 *
 * <p>Simulated: all four operations, the 15 minutes of an iterator, the 24 hours of a record and of
 * a disabled stream, pages of 1000 records or 1 MB, the shard filter. Not simulated: throttling and
 * the limit of two readers for each shard.
 *
 * <p>Sources: the published model and API reference; error messages as users of AWS report them.
 * The words of {@code ExpiredIteratorException} and of the faults of sequence numbers are not
 * confirmed.
 */
@NullMarked
package dev.syncline.sim.services.dynamodbstreams;

import org.jspecify.annotations.NullMarked;
