// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.services.cloudformation.template.ResourceValues;
import dev.syncline.sim.services.cloudformation.template.TemplateException;
import java.util.Set;
import java.util.TreeSet;

/** The values of a stack's resources; remembers the exports that were imported. */
final class StackValues implements ResourceValues {
  private final Stack stack;
  private final StackStore store;
  private final Set<String> imports = new TreeSet<>();

  StackValues(Stack stack, StackStore store) {
    this.stack = stack;
    this.store = store;
  }

  Set<String> imports() {
    return imports;
  }

  @Override
  public String ref(String logicalId) {
    return state(logicalId).physicalId();
  }

  @Override
  public JsonNode attribute(String logicalId, String attribute) {
    JsonNode value = state(logicalId).attributes().get(attribute);
    if (value == null) {
      throw new TemplateException(
          "Template error: resource "
              + logicalId
              + " does not support attribute "
              + attribute
              + " in Fn::GetAtt; it has "
              + new TreeSet<>(state(logicalId).attributes().keySet()));
    }
    return value;
  }

  @Override
  public String imported(String exportName) {
    StackStore.Export export = store.exported(exportName, stack.id());
    if (export == null) {
      throw new TemplateException("No export named " + exportName + " found.");
    }
    imports.add(exportName);
    return export.value();
  }

  private ResourceState state(String logicalId) {
    StackResource resource = stack.resource(logicalId);
    ResourceState state = resource == null ? null : resource.state();
    if (state == null) {
      throw new TemplateException(
          "Template format error: Unresolved resource dependencies [" + logicalId + "]");
    }
    return state;
  }
}
