// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon CloudWatch Logs: log groups, streams and events.
 *
 * <p>Simulated: groups with retention, tags and KMS key ids, streams, batches with AWS's checks,
 * GetLogEvents and FilterLogEvents. The other services write their log lines here. Memory is
 * bounded: a group keeps its newest 50,000 events or 32 MB, whichever is less.
 *
 * <p>Not simulated: encryption. JSON and column filter patterns, metric filters, subscriptions and
 * log group classes other than STANDARD are not supported.
 *
 * <p>Sources: the API reference of CloudWatch Logs, its published model and recorded answers.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.logs.LogsProvider}, {@link
 * dev.syncline.sim.services.logs.LogsService}, the {@code …Operations}, {@code LogGroup}, {@code
 * LogStore}, {@code LogsErrors}, {@code LogsState}, {@code resources}. Beside the plan are {@code
 * PutBatch} and {@code FilterPattern}: the input of two operations.
 */
@NullMarked
package dev.syncline.sim.services.logs;

import org.jspecify.annotations.NullMarked;
