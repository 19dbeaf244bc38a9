// SPDX-License-Identifier: Apache-2.0
/**
 * Unit tests for state machines: mocked tasks, virtual time, no server.
 *
 * <pre>{@code
 * RunResult result =
 *     LocalRunner.of(definitionText)
 *         .mock("Publish", TaskOutcome.fails("Events.Throttled", "slow down"),
 *                          TaskOutcome.returns("{\"StatusCode\": 200}"))
 *         .run("{\"name\": \"Ada\"}");
 *
 * assertEquals(ExecutionStatus.SUCCEEDED, result.status());
 * assertEquals(List.of("Wait", "Publish", "Done"), result.path());
 * assertEquals(Duration.ofSeconds(11), result.virtualTime());
 * }</pre>
 */
@NullMarked
package dev.syncline.sim.asl.testing;

import org.jspecify.annotations.NullMarked;
