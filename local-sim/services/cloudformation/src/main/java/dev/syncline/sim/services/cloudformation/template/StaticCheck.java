// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Evaluates every function whose arguments do not depend on a resource or another stack, before a
 * resource is created, so that an error is the answer to the request and not a failed stack.
 */
public final class StaticCheck {
  private final Evaluator evaluator;

  private StaticCheck(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * Checks the resources and outputs that exist under the given parameters.
   *
   * @throws TemplateException for a function that has wrong arguments or no value
   */
  public static void check(
      Template template, Map<String, String> parameters, PseudoParameters pseudo) {
    var evaluator = new Evaluator(template, parameters, pseudo, new NotYet());
    var check = new StaticCheck(evaluator);
    template.conditions().keySet().forEach(evaluator::condition);
    for (ResourceDefinition resource : template.resources().values()) {
      if (DependencyOrder.exists(resource, evaluator)) {
        check.walk(resource.properties());
      }
    }
    for (OutputDefinition output : template.outputs().values()) {
      if (output.condition() == null || evaluator.condition(output.condition())) {
        check.walk(output.value());
      }
    }
  }

  private void walk(JsonNode value) {
    if (value instanceof ObjectNode object && isFunction(object)) {
      try {
        evaluator.evaluate(object);
        return;
      } catch (NotYetException dependsOnAResource) {
        // Its arguments may contain functions that do not depend on a resource.
      }
      Map.Entry<String, JsonNode> only = object.properties().iterator().next();
      if (only.getKey().equals("Fn::If")) {
        boolean holds = evaluator.condition(only.getValue().get(0).asText());
        walk(only.getValue().get(holds ? 1 : 2));
        return;
      }
    } else if (value instanceof ObjectNode object) {
      evaluator.requireFunctionAlone(object);
    }
    value.forEach(this::walk);
  }

  private static boolean isFunction(ObjectNode object) {
    if (object.size() != 1) {
      return false;
    }
    String name = object.fieldNames().next();
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  /** A value that depends on a resource. */
  private static final class NotYetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotYetException() {
      super("not there yet", null, false, false);
    }
  }

  private static final class NotYet implements ResourceValues {
    @Override
    public String ref(String logicalId) {
      throw new NotYetException();
    }

    @Override
    public JsonNode attribute(String logicalId, String attribute) {
      throw new NotYetException();
    }

    @Override
    public String imported(String exportName) {
      throw new NotYetException();
    }
  }
}
