// SPDX-License-Identifier: Apache-2.0
/**
 * The streams of tables: what was changed, in order, for 24 hours. A stream has one shard, which is
 * closed when the stream is disabled; AWS also replaces a shard about every four hours.
 */
@NullMarked
package dev.syncline.sim.services.dynamodb.streams;

import org.jspecify.annotations.NullMarked;
