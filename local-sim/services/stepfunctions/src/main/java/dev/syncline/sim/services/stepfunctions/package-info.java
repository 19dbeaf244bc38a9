// SPDX-License-Identifier: Apache-2.0
/**
 * AWS Step Functions: state machines and executions on the wire, and the integrations that Task
 * states call. What an execution does is decided by the engine in {@code dev.syncline.sim.asl}.
 */
@NullMarked
package dev.syncline.sim.services.stepfunctions;

import org.jspecify.annotations.NullMarked;
