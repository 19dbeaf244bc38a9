// SPDX-License-Identifier: Apache-2.0
/**
 * AWS Step Functions: state machines, versions, aliases, executions, Map Runs, activities and task
 * tokens, with the integrations that Task states call. The engine in {@code dev.syncline.sim.asl}
 * makes every decision of an execution.
 *
 * <p>Not simulated: encryption with a customer's key, X-Ray traces, and executions that continue
 * after a restart of the simulator. Sources: answers recorded from AWS, then the API reference.
 *
 * <p>Read {@link dev.syncline.sim.services.stepfunctions.StepFunctionsProvider}, {@link
 * dev.syncline.sim.services.stepfunctions.StepFunctionsService}, then {@code NounOperations} and
 * {@code NounStore} of a noun. {@code RunningExecution} drives the engine and {@code
 * ExecutionEffects} carries out its decisions. Packages beside the plan: {@code integration} has
 * the calls of Task states, {@code mock} the mocked answers of test cases.
 */
@NullMarked
package dev.syncline.sim.services.stepfunctions;

import org.jspecify.annotations.NullMarked;
