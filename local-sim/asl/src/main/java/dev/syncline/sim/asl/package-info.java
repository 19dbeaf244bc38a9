// SPDX-License-Identifier: Apache-2.0
/**
 * The Amazon States Language as a library: parse, validate and run, without I/O, threads or a clock
 * itself.
 *
 * <p>A host keeps the time and does the work:
 *
 * <pre>{@code
 * StateMachineDefinition definition = StateMachineDefinition.parse(text); // or validate(text, type)
 * Execution execution = Execution.create(definition, context, Payload.parse(input), seed);
 * carryOut(execution.start(clock.now()));
 *
 * void carryOut(List<Effect> effects) {
 *   for (Effect effect : effects) {
 *     switch (effect) {
 *       case ScheduleTimer t -> clock.at(t.due(), t.timerId(),
 *           () -> carryOut(execution.onTimer(t.timerId(), clock.now())));
 *       case CancelTimer t -> clock.cancel(t.timerId());
 *       case ScheduleTask t -> services.call(t.resource(), t.parameters(),
 *           output -> carryOut(execution.onTaskSucceeded(t.taskId(), output, clock.now())),
 *           (error, cause) -> carryOut(execution.onTaskFailed(t.taskId(), error, cause, clock.now())));
 *       case CancelTask t -> services.cancel(t.taskId());
 *       case ExecutionEnded e -> done(e.status(), e.output(), e.error(), e.cause());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>{@code carryOut} must be called by one thread at a time for each execution. {@link
 * dev.syncline.sim.asl.Execution#history()} gives typed events; {@link
 * dev.syncline.sim.asl.HistoryEvent#toJson()} renders one as GetExecutionHistory does. The package
 * {@code testing} holds a runner for unit tests of state machines.
 */
@NullMarked
package dev.syncline.sim.asl;

import org.jspecify.annotations.NullMarked;
