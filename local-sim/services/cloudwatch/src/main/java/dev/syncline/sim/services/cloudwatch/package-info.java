// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon CloudWatch: metrics by the minute for three days, and metric alarms that are evaluated on
 * the simulator's clock.
 *
 * <p>Supported protocols: JSON (the CLI and boto3) and query (Terraform's provider). Not supported:
 * the CBOR protocol, composite alarms, metric expressions, percentiles, periods that are not whole
 * minutes, and alarm actions, which are stored and shown but not run. The services of the simulator
 * write no metrics of their own: an alarm on {@code AWS/…} has no data and says so.
 *
 * <p>Sources: the service's published model for member names and errors; the CloudWatch user guide
 * for the evaluation of alarms; its "Embedded metric format specification" for metrics in log
 * lines.
 *
 * <p>Read {@code CloudWatchService}, {@code MetricOperations} with {@code MetricStore}, then {@code
 * AlarmOperations} with {@code AlarmReader} (its input) and {@code AlarmStore}. {@code
 * EmbeddedMetrics} reads metrics from log lines.
 */
@NullMarked
package dev.syncline.sim.services.cloudwatch;

import org.jspecify.annotations.NullMarked;
