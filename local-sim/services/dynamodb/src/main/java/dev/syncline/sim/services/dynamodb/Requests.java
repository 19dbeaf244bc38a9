// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.values.SerializationFault;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.function.Function;

/**
 * Carries out operations on items: checks the request's types and constraints first, and turns the
 * faults of the engines into errors. Immutable and thread-safe.
 */
record Requests(RequestConstraints constraints) {
  /**
   * Carries one out.
   *
   * @param work takes the request, whose types fit AWS's model
   * @throws AwsException in the words of the operation
   */
  Output handle(String operation, Input input, Function<ObjectNode, ObjectNode> work) {
    constraints.check(operation, input);
    try {
      return Output.of(work.apply(input.json()));
    } catch (ValidationFault fault) {
      throw DynamoDbErrors.validation(fault, constraints.wording(), operation);
    } catch (SerializationFault fault) {
      throw DynamoDbErrors.serialization(fault.text());
    }
  }
}
