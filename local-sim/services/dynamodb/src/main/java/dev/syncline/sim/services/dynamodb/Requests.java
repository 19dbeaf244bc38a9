// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.OperationHandler;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.values.SerializationFault;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.function.UnaryOperator;

/**
 * Carries out operations on items: checks the request's types and constraints first, and turns the
 * faults of the engines into errors. Immutable and thread-safe.
 */
record Requests(RequestConstraints constraints) {
  /**
   * An operation with these checks.
   *
   * @param signature as for {@link Operation#of(String, OperationHandler)}
   * @param work takes the request, whose types fit AWS's model, and gives the answer; its faults
   *     become errors in the words of the operation
   */
  Operation operation(String signature, UnaryOperator<ObjectNode> work) {
    String name = Operation.nameIn(signature);
    return Operation.of(signature, (input, context) -> handle(name, input, work));
  }

  private Output handle(String operation, Input input, UnaryOperator<ObjectNode> work) {
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
