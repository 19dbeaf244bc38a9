// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.cloudformation.resources.StackResourceType;
import dev.syncline.sim.testing.WholeSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CloudFormation on a real dispatcher, with fake services behind it. */
final class Fixture implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;
  private static final List<ResourceType> TYPES = typesOfAllServices();

  final SimClock clock;
  final Dispatcher dispatcher;
  final Journal journal;

  Fixture(FakeService... services) {
    this(new ClockMode.Skipping(), services);
  }

  Fixture(ClockMode mode, FakeService... services) {
    clock = new SimClock(mode);
    journal = new Journal(clock);
    var ids = new Ids(7);
    dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    for (FakeService service : services) {
      dispatcher.register(service);
    }
    dispatcher.register(
        new CloudFormationService(
            clock,
            ids,
            journal,
            dispatcher,
            "111122223333",
            "us-east-1",
            new ResourceTypes(TYPES)));
  }

  private static List<ResourceType> typesOfAllServices() {
    var types = new ArrayList<ResourceType>();
    types.add(new StackResourceType());
    try (var whole = new WholeSimulator(Files.createTempDirectory("resource-types"))) {
      for (AwsService service : whole.simulator.dispatcher().services()) {
        if (service instanceof ResourceProvider provider) {
          types.addAll(provider.resourceTypes());
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return List.copyOf(types);
  }

  JsonNode call(String operation, ObjectNode input) {
    var context = new CallContext("111122223333", "us-east-1", "request", "", new byte[0]);
    return dispatcher.call("cloudformation", operation, input, context).json();
  }

  static ObjectNode stack(String name) {
    return JsonNodeFactory.instance.objectNode().put("StackName", name);
  }

  static ObjectNode stack(String name, String template, Map<String, String> parameters) {
    ObjectNode input = stack(name).put("TemplateBody", template);
    ArrayNode list = input.putArray("Parameters");
    parameters.forEach(
        (key, value) -> list.addObject().put("ParameterKey", key).put("ParameterValue", value));
    return input;
  }

  /** Makes a stack and waits for the end. */
  JsonNode create(String name, String template) {
    return create(stack(name, template, Map.of()));
  }

  JsonNode create(ObjectNode input) {
    return settled(call("CreateStack", input).path("StackId").asText());
  }

  JsonNode update(ObjectNode input) {
    return settled(call("UpdateStack", input).path("StackId").asText());
  }

  JsonNode delete(String name) {
    String id = describe(name).path("StackId").asText();
    call("DeleteStack", stack(name));
    return settled(id);
  }

  JsonNode describe(String name) {
    return call("DescribeStacks", stack(name)).path("Stacks").path(0);
  }

  /** The stack once no operation is under way. */
  JsonNode settled(String name) {
    // DescribeStacks itself waits for the end of an operation, for some seconds.
    for (int waited = 0; waited < PATIENCE_MS; waited += 5) {
      JsonNode stack = describe(name);
      if (!stack.path("StackStatus").asText().endsWith("_IN_PROGRESS")) {
        return stack;
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
    throw new IllegalStateException("stack " + name + " does not settle: " + describe(name));
  }

  /** {@code resource status[: reason]} of each event, oldest first. */
  List<String> events(String name) {
    var events = new ArrayList<String>();
    for (JsonNode event : call("DescribeStackEvents", stack(name)).path("StackEvents")) {
      String reason = event.path("ResourceStatusReason").asText();
      events.add(
          event.path("LogicalResourceId").asText()
              + " "
              + event.path("ResourceStatus").asText()
              + (reason.isEmpty() ? "" : ": " + reason));
    }
    return events.reversed();
  }

  @Override
  public void close() {
    clock.close();
  }
}
