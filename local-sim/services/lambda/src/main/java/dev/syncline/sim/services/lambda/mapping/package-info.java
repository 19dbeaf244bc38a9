// SPDX-License-Identifier: Apache-2.0
/**
 * Event source mappings: functions that are invoked with the messages of a queue or the records of
 * a table's stream.
 *
 * <p>Read {@code MappingOperations} and {@code MappingStore}, then what works for a mapping: {@code
 * QueuePoller}, or {@code StreamConsumer} with a {@code ShardLane} for each part of a shard. {@code
 * LaneBatch} decides about retries and {@code FailureDestination} tells of records that were given
 * up.
 *
 * <p>Streams: a record wakes the mapping, where AWS polls four times a second. The pauses between
 * retries begin at half a second and double, which fits a recording of AWS. A throttled invocation
 * takes no attempt (inferred).
 */
@NullMarked
package dev.syncline.sim.services.lambda.mapping;

import org.jspecify.annotations.NullMarked;
