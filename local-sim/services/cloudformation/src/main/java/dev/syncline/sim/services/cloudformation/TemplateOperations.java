// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.cloudformation.template.ParameterDefinition;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import dev.syncline.sim.services.cloudformation.template.Template;
import java.util.List;
import java.util.TreeSet;

/** The operations on templates. */
record TemplateOperations(StackStore store, PlanReader reader) {
  List<Operation> operations(ChangeSetOperations changeSets) {
    return List.of(
        Operation.of(
            "GetTemplate",
            (input, context) -> getTemplate(input, changeSets),
            "StackName",
            "ChangeSetName",
            "TemplateStage"),
        Operation.of(
            "GetTemplateSummary",
            this::getTemplateSummary,
            "TemplateBody",
            "TemplateURL",
            "StackName"),
        Operation.of("ValidateTemplate", this::validateTemplate, "TemplateBody", "TemplateURL"));
  }

  private Output getTemplate(Input input, ChangeSetOperations changeSets) {
    Plan plan =
        input.has("ChangeSetName")
            ? changeSets.find(input).plan()
            : store.get(StackOperations.stackName(input)).plan();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("TemplateBody", plan.text());
    json.set("StagesAvailable", StackAnswers.texts(List.of("Original", "Processed")));
    return Output.of(json);
  }

  private Output getTemplateSummary(Input input, CallContext context) {
    Template template =
        input.has("StackName")
            ? store.get(StackOperations.stackName(input)).plan().template()
            : reader.as(context).template(input);
    ObjectNode json = described(template);
    ArrayNode parameters = json.putArray("Parameters");
    for (ParameterDefinition parameter : template.parameters().values()) {
      ObjectNode item =
          declared(parameter, parameters.addObject()).put("ParameterType", parameter.type());
      ObjectNode constraints = item.putObject("ParameterConstraints");
      if (!parameter.allowedValues().isEmpty()) {
        constraints.set("AllowedValues", StackAnswers.texts(parameter.allowedValues()));
      }
    }
    var types = new TreeSet<String>();
    for (ResourceDefinition resource : template.resources().values()) {
      types.add(resource.type());
    }
    json.set("ResourceTypes", StackAnswers.texts(types));
    json.put("Version", "2010-09-09");
    json.putArray("DeclaredTransforms");
    return Output.of(json);
  }

  private Output validateTemplate(Input input, CallContext context) {
    Template template = reader.as(context).template(input);
    ObjectNode json = described(template);
    ArrayNode parameters = json.putArray("Parameters");
    template.parameters().values().forEach(it -> declared(it, parameters.addObject()));
    json.putArray("DeclaredTransforms");
    return Output.of(json);
  }

  private static ObjectNode declared(ParameterDefinition parameter, ObjectNode item) {
    item.put("ParameterKey", parameter.name()).put("NoEcho", parameter.noEcho());
    if (parameter.defaultValue() != null) {
      item.put("DefaultValue", parameter.defaultValue());
    }
    StackAnswers.putIfPresent(item, "Description", parameter.description());
    return item;
  }

  private ObjectNode described(Template template) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    StackAnswers.putIfPresent(json, "Description", template.description());
    List<String> capabilities = reader.capabilities(template);
    json.set("Capabilities", StackAnswers.texts(capabilities));
    if (!capabilities.isEmpty()) {
      json.put(
          "CapabilitiesReason",
          "The following resource(s) require capabilities: ["
              + String.join(
                  ", ",
                  new TreeSet<>(
                      template.resources().values().stream()
                          .map(ResourceDefinition::type)
                          .filter(type -> type.startsWith("AWS::IAM::"))
                          .toList()))
              + "]");
    }
    return json;
  }
}
