// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.OperationHandler;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.state.ServiceState;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that answers as the test tells it and keeps what it was asked. Thread-safe. */
final class FakeService implements AwsService {
  /** One call that arrived. */
  record Call(String service, String operation, ObjectNode input) {
    @Override
    public String toString() {
      return operation + " " + input;
    }
  }

  /** Any member is accepted. */
  private static final Set<String> EVERYTHING =
      new AbstractSet<>() {
        @Override
        public boolean contains(Object member) {
          return true;
        }

        @Override
        public Iterator<String> iterator() {
          return Collections.emptyIterator();
        }

        @Override
        public int size() {
          return 0;
        }
      };

  private final String name;
  private final List<Call> calls;
  private final Map<String, OperationHandler> answers = new HashMap<>();
  private final List<Operation> operations;

  /**
   * A service whose operations answer with nothing until told otherwise.
   *
   * @param calls where to keep the calls
   */
  FakeService(String name, List<Call> calls, String... operationNames) {
    this.name = name;
    this.calls = calls;
    this.operations =
        List.of(operationNames).stream()
            .map(
                operation ->
                    new Operation(
                        operation,
                        null,
                        EVERYTHING,
                        false,
                        (input, context) -> {
                          calls.add(new Call(name, operation, input.json().deepCopy()));
                          OperationHandler answer = answers.get(operation);
                          return answer == null ? Output.empty() : answer.handle(input, context);
                        }))
            .toList();
  }

  static List<Call> callList() {
    return new CopyOnWriteArrayList<>();
  }

  FakeService answer(String operation, OperationHandler answer) {
    answers.put(operation, answer);
    return this;
  }

  /** StackAnswers with the texts of name, value, name, value …. */
  FakeService answer(String operation, String... namesAndValues) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      json.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return answer(operation, (input, context) -> Output.of(json.deepCopy()));
  }

  /** Refuses calls of an operation whose {@code member} is {@code value}. */
  FakeService refuse(String operation, String member, String value, String message) {
    return answer(
        operation,
        (input, context) -> {
          if (input.text(member).orElse("").equals(value)) {
            throw AwsException.badRequest("LimitExceededException", message);
          }
          return Output.empty();
        });
  }

  @Override
  public ServiceState state() {
    return ServiceState.NONE;
  }

  @Override
  public String title() {
    return name;
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public String signingName() {
    return name;
  }

  @Override
  public Protocol protocol() {
    return new Protocol.RestJson();
  }
}
