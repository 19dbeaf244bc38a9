// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the value of each parameter that a template declares. */
public final class ParameterValues {
  private ParameterValues() {}

  /**
   * The values to use, in the template's order: those given, defaults for the rest.
   *
   * @throws TemplateException naming parameters that are missing, unknown or refused
   */
  public static Map<String, String> resolve(Template template, Map<String, String> given) {
    List<String> unknown =
        given.keySet().stream().filter(key -> !template.parameters().containsKey(key)).toList();
    if (!unknown.isEmpty()) {
      throw new TemplateException("Parameters: " + unknown + " do not exist in the template");
    }
    var values = new LinkedHashMap<String, String>();
    var missing = new ArrayList<String>();
    for (ParameterDefinition parameter : template.parameters().values()) {
      String value = given.get(parameter.name());
      if (value == null) {
        value = parameter.defaultValue();
      }
      if (value == null) {
        missing.add(parameter.name());
      } else {
        values.put(parameter.name(), value);
      }
    }
    if (!missing.isEmpty()) {
      throw new TemplateException("Parameters: " + missing + " must have values");
    }
    values.forEach(
        (name, value) -> {
          ParameterDefinition parameter = template.parameters().get(name);
          if (parameter != null) {
            parameter.check(value);
          }
        });
    return Collections.unmodifiableMap(values);
  }
}
