// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks that every name in a template exists. */
final class TemplateNames {
  private final Template template;

  private TemplateNames(Template template) {
    this.template = template;
  }

  static void check(Template template) {
    new TemplateNames(template).check();
  }

  private void check() {
    template
        .conditions()
        .forEach((name, condition) -> checkSection("Conditions", condition, false));
    for (ResourceDefinition resource : template.resources().values()) {
      String where = "Resources";
      checkSection(where, resource.properties(), true);
      checkCondition(where, resource.condition());
      Set<String> unknown = new TreeSet<>(resource.dependsOn());
      unknown.removeAll(template.resources().keySet());
      refuse(where, unknown);
    }
    for (OutputDefinition output : template.outputs().values()) {
      checkSection("Outputs", output.value(), true);
      if (output.exportName() != null) {
        checkSection("Outputs", output.exportName(), true);
      }
      checkCondition("Outputs", output.condition());
    }
  }

  private void checkSection(String section, JsonNode value, boolean mayUseResources) {
    var unresolved = new TreeSet<String>();
    References.visitAll(
        value,
        new References.Visitor() {
          @Override
          public void name(String name) {
            if (!name.startsWith("AWS::")
                && !template.parameters().containsKey(name)
                && !(mayUseResources && template.resources().containsKey(name))) {
              unresolved.add(name);
            }
          }

          @Override
          public void attribute(String logicalId, String attribute) {
            if (mayUseResources && !template.resources().containsKey(logicalId)) {
              throw new TemplateException(
                  "Template error: instance of Fn::GetAtt references undefined resource "
                      + logicalId);
            }
            if (!mayUseResources) {
              unresolved.add(logicalId);
            }
          }

          @Override
          public void condition(String name) {
            if (!template.conditions().containsKey(name)) {
              throw new TemplateException(
                  "Template error: unresolved condition dependency " + name + " in Fn::If");
            }
          }

          @Override
          public void mapping(String name) {
            if (!template.mappings().has(name)) {
              throw new TemplateException(
                  "Template error: Mapping named '"
                      + name
                      + "' is not present in the 'Mappings' section of template.");
            }
          }
        });
    refuse(section, unresolved);
  }

  private void checkCondition(String section, @Nullable String name) {
    if (name != null && !template.conditions().containsKey(name)) {
      throw new TemplateException(
          "Template format error: Unresolved condition dependency "
              + name
              + " in the "
              + section
              + " block of the template");
    }
  }

  private static void refuse(String section, Set<String> unresolved) {
    if (!unresolved.isEmpty() && section.equals("Conditions")) {
      throw new TemplateException(
          "Template format error: Unresolved dependencies "
              + unresolved
              + ". Cannot reference resources in the Conditions block of the template");
    }
    if (!unresolved.isEmpty()) {
      throw new TemplateException(
          "Template format error: Unresolved resource dependencies "
              + unresolved
              + " in the "
              + section
              + " block of the template");
    }
  }
}
