// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes change sets as the operations answer them. */
final class ChangeSetAnswers {
  private ChangeSetAnswers() {}

  static ObjectNode summary(ChangeSet changeSet) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("ChangeSetName", changeSet.name())
            .put("ChangeSetId", changeSet.id())
            .put("StackId", changeSet.stack().id())
            .put("StackName", changeSet.stack().name())
            .put("CreationTime", StackAnswers.time(changeSet.created()))
            .put("ExecutionStatus", changeSet.executionStatus())
            .put("Status", changeSet.status())
            .put("IncludeNestedStacks", false);
    StackAnswers.putIfPresent(json, "StatusReason", changeSet.reason());
    StackAnswers.putIfPresent(json, "Description", changeSet.description());
    return json;
  }

  static ObjectNode change(Comparison.Change change) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("Type", "Resource");
    ObjectNode resource =
        json.putObject("ResourceChange")
            .put("Action", change.action())
            .put("LogicalResourceId", change.logicalId());
    if (!change.physicalId().isEmpty()) {
      resource.put("PhysicalResourceId", change.physicalId());
    }
    resource.put("ResourceType", change.type());
    if (!change.replacement().isEmpty()) {
      resource.put("Replacement", change.replacement());
    }
    resource.set(
        "Scope",
        StackAnswers.texts(change.properties().isEmpty() ? List.of() : List.of("Properties")));
    ArrayNode details = resource.putArray("Details");
    for (String property : change.properties()) {
      ObjectNode detail = details.addObject();
      detail.putObject("Target").put("Attribute", "Properties").put("Name", property);
      detail.put("Evaluation", "Static").put("ChangeSource", "DirectModification");
    }
    return json;
  }
}
