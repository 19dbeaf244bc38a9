// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.Map;

/**
 * Encodes an operation's output in its service's protocol. The simulator provides it, with the
 * codecs of the port; {@code stepfunctions} shows status and headers to the workflow. Thread-safe.
 */
@FunctionalInterface
public interface WireAnswers {
  /** An answer on the wire. */
  record WireAnswer(int status, List<Map.Entry<String, String>> headers, byte[] body) {}

  /**
   * Encodes an output.
   *
   * @throws IllegalStateException if the service has no protocol that the port speaks
   */
  WireAnswer encode(AwsService service, Operation operation, Output output, String requestId);
}
