// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Operation;

/**
 * A decoded request of an operation.
 *
 * @param body the blob of an operation that takes one, else empty
 */
public record Call(Operation operation, ObjectNode input, byte[] body) {}
