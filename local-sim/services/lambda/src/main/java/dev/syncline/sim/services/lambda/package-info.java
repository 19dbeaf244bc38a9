// SPDX-License-Identifier: Apache-2.0
/**
 * AWS Lambda: functions from zip packages, versions, aliases, resource policies, concurrency,
 * invocations, asynchronous invocations with destinations, and event source mappings from SQS
 * queues and the streams of DynamoDB tables. The engine of {@code local-sim/lambda} runs the
 * functions.
 *
 * <p>Not supported, and refused by name: layers, container images, VPC networks, function URLs, and
 * event sources other than those.
 *
 * <p>Sources: the service's published model for member names, ranges and errors; the Lambda
 * developer guide, Lambda quotas and recordings of AWS for behaviour.
 *
 * <p>Read {@code LambdaService} and {@code LambdaComponents}, which creates the parts, then the
 * operations by noun: {@code FunctionOperations} (changes) and {@code FunctionQueries} (reads),
 * {@code FunctionVersionOperations}, {@code FunctionAliasOperations}, {@code
 * FunctionPolicyOperations}, {@code SettingsOperations}, {@code EventConfigOperations}, {@code
 * RuntimeSettings}, {@code ProvisionedConcurrency} and {@code InvokeOperation}. {@code
 * FunctionStore} has the functions; the {@code Code*} classes keep packages in files while they are
 * in use. The package {@code mapping} has the event source mappings, with their own errors so that
 * it does not depend on this package.
 */
@NullMarked
package dev.syncline.sim.services.lambda;

import org.jspecify.annotations.NullMarked;
