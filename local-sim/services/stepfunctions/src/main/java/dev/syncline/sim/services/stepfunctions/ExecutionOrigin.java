// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters with which an execution was started.
 *
 * @param arn of the execution
 * @param name of the execution
 * @param machine the snapshot it runs, a version if it was started through one
 * @param aliasArn the alias it was started through, null for none
 * @param input the text as given
 * @param traceHeader as given
 * @param testCase the text after {@code #} in the state machine's ARN, as Step Functions Local
 *     takes it to choose mocks; null for none
 * @param started when
 */
record ExecutionOrigin(
    String arn,
    String name,
    StateMachine machine,
    @Nullable String aliasArn,
    String input,
    @Nullable String traceHeader,
    @Nullable String testCase,
    Instant started) {}
