// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.cloudformation.template.DependencyOrder;
import dev.syncline.sim.services.cloudformation.template.Evaluator;
import dev.syncline.sim.services.cloudformation.template.ParameterValues;
import dev.syncline.sim.services.cloudformation.template.PseudoParameters;
import dev.syncline.sim.services.cloudformation.template.ResourceDefinition;
import dev.syncline.sim.services.cloudformation.template.ResourceValues;
import dev.syncline.sim.services.cloudformation.template.StaticCheck;
import dev.syncline.sim.services.cloudformation.template.Template;
import dev.syncline.sim.services.cloudformation.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plan of a stack from a request, and refuses it if an error can be found without
 * creating resources.
 */
record PlanReader(TemplateSource source, ResourceTypes types) {
  private static final String IAM = "CAPABILITY_IAM";
  private static final String NAMED_IAM = "CAPABILITY_NAMED_IAM";

  /** The same for the requests of a caller, who must be allowed to read templates in S3. */
  PlanReader as(CallContext context) {
    return new PlanReader(source.as(StackCaller.forwarded(context)), types);
  }

  /**
   * The plan of a request.
   *
   * @param before the stack's present plan, for values that the request does not change; null for a
   *     new stack
   * @throws AwsException when the template, a parameter or the capabilities are not right
   */
  Plan read(Input input, PseudoParameters pseudo, @Nullable Plan before) {
    String text = text(input, before);
    try {
      Template template = Template.parse(text);
      Map<String, String> parameters =
          ParameterValues.resolve(template, parameters(input, template, before));
      TypeCheck.requireTypes(template, types);
      template.requireAttributes(TypeCheck::requireAttribute);
      StaticCheck.check(template, parameters, pseudo);
      // Finds cycles and invalid conditions before a resource is created.
      DependencyOrder.of(
          template, new Evaluator(template, parameters, pseudo, ResourceValues.symbolic()));
      List<String> capabilities = input.texts("Capabilities");
      requireCapabilities(template, capabilities);
      Map<String, String> tags = input.has("Tags") || before == null ? tags(input) : before.tags();
      return new Plan(text, template, parameters, tags, capabilities);
    } catch (TemplateException refused) {
      throw StackErrors.validation(StackErrors.reason(refused));
    }
  }

  /** A template that is not for a stack. */
  Template template(Input input) {
    String text =
        source
            .read(input)
            .orElseThrow(
                () ->
                    StackErrors.validation(
                        "Either Template URL or Template Body must be specified."));
    try {
      return Template.parse(text);
    } catch (TemplateException refused) {
      throw StackErrors.validation(StackErrors.reason(refused));
    }
  }

  private String text(Input input, @Nullable Plan before) {
    if (input.bool("UsePreviousTemplate", false)) {
      if (before == null) {
        throw StackErrors.validation("UsePreviousTemplate needs a stack that has a template.");
      }
      return before.text();
    }
    return source
        .read(input)
        .orElseThrow(
            () ->
                StackErrors.validation("Either Template URL or Template Body must be specified."));
  }

  private static Map<String, String> parameters(
      Input input, Template template, @Nullable Plan before) {
    var given = new LinkedHashMap<String, String>();
    for (Input parameter : input.structures("Parameters")) {
      parameter.only("ParameterKey", "ParameterValue", "UsePreviousValue", "ResolvedValue");
      String key = parameter.requiredText("ParameterKey");
      if (parameter.bool("UsePreviousValue", false)) {
        String previous = before == null ? null : before.parameters().get(key);
        if (previous == null) {
          throw StackErrors.validation(
              "Invalid input for parameter key "
                  + key
                  + ". Cannot specify usePreviousValue as true for a parameter key not in the"
                  + " previous template");
        }
        if (template.parameters().containsKey(key)) {
          given.put(key, previous);
        }
      } else {
        given.put(key, parameter.text("ParameterValue").orElse(""));
      }
    }
    return given;
  }

  private static Map<String, String> tags(Input input) {
    var tags = new LinkedHashMap<String, String>();
    for (Input tag : input.structures("Tags")) {
      tags.put(tag.requiredText("Key"), tag.text("Value").orElse(""));
    }
    return tags;
  }

  /** The capabilities that a template asks for. */
  List<String> capabilities(Template template) {
    boolean iam = false;
    for (ResourceDefinition resource : template.resources().values()) {
      ResourceType type = types.find(resource.type());
      if (type != null && type.customIamNames().stream().anyMatch(resource.properties()::has)) {
        return List.of(NAMED_IAM);
      }
      iam |= resource.type().startsWith("AWS::IAM::");
    }
    return iam ? List.of(IAM) : List.of();
  }

  private void requireCapabilities(Template template, List<String> given) {
    for (String needed : capabilities(template)) {
      if (!given.contains(needed) && !given.contains(NAMED_IAM)) {
        throw StackErrors.insufficientCapabilities(needed);
      }
    }
  }
}
