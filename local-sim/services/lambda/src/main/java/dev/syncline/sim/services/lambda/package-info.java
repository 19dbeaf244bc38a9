// SPDX-License-Identifier: Apache-2.0
/**
 * AWS Lambda: functions from zip packages, versions, aliases, layers, resource policies,
 * concurrency, invocations, function URLs, streamed responses, asynchronous invocations with
 * destinations, and event source mappings from SQS queues and the streams of DynamoDB tables. The
 * engine of {@code local-sim/lambda} runs the functions.
 *
 * <p>Not supported, and refused by name: container images, file systems, VPC networks, and event
 * sources other than those. External extensions of layers are not started.
 *
 * <p>Sources: the service's published model for member names, ranges and errors; the Lambda
 * developer guide, Lambda quotas and recordings of AWS for behaviour.
 *
 * <p>Read {@code LambdaService} and {@code LambdaComponents}, which creates the parts, then the
 * operations by noun: {@code FunctionOperations} (changes) and {@code FunctionQueries} (reads),
 * {@code FunctionVersionOperations}, {@code FunctionAliasOperations}, {@code
 * FunctionPolicyOperations}, {@code SettingsOperations}, {@code EventConfigOperations}, {@code
 * RuntimeSettings}, {@code ProvisionedConcurrency}, {@code LayerOperations}, {@code
 * LayerPolicyOperations}, {@code FunctionUrlOperations}, {@code InvokeOperation} and {@code
 * StreamOperation}. {@code UrlEndpoint} is the data plane of function URLs, with the other {@code
 * Url*} classes. {@code FunctionStore} has the functions and {@code LayerStore} the layers; the
 * {@code Code*} classes keep packages and layers in files while they are in use, and {@code
 * LayerDirectories} has the unpacked layers. The package {@code mapping} has the event source
 * mappings, with their own errors so that it does not depend on this package.
 */
@NullMarked
package dev.syncline.sim.services.lambda;

import org.jspecify.annotations.NullMarked;
