// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A nested stack from a template in S3. Its outputs are attributes, {@code Outputs.Name}. It fails
 * with the nested stack's reason if that stack fails; as on AWS the nested stack is then rolled
 * back and the outer stack deletes it.
 */
public final class StackResourceType extends CrudResource {
  private static final String SERVICE = "cloudformation";
  private static final Struct PROPERTIES =
      Struct.of(
          member("TemplateURL", Shape.text()).required(),
          member("Parameters", Shape.map(Shape.text())),
          member("TimeoutInMinutes", Shape.integer()),
          member("Tags", Shape.tagList("Key", "Value")));

  /** The declaration of the type. */
  public StackResourceType() {
    super(new CrudDeclaration("AWS::CloudFormation::Stack", SERVICE, PROPERTIES));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input = input(calls, properties).put("StackName", names.name(128));
    if (properties.has("TimeoutInMinutes")) {
      input.set("TimeoutInMinutes", properties.get("TimeoutInMinutes"));
    }
    String id = calls.call(SERVICE, "CreateStack", input).path("StackId").asText();
    ServiceCalls.finish(
        () -> settled(calls, id, "CREATE_COMPLETE"),
        () -> delete(calls, ResourceState.of(id), properties));
    return state(calls, id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    String id = current.physicalId();
    try {
      calls.call(SERVICE, "UpdateStack", input(calls, after).put("StackName", id));
    } catch (AwsException refused) {
      if (!refused.text().contains("No updates are to be performed")) {
        throw refused;
      }
      return state(calls, id);
    }
    settled(calls, id, "UPDATE_COMPLETE");
    return state(calls, id);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    String id = current.physicalId();
    calls.call(SERVICE, "DeleteStack", calls.input().put("StackName", id));
    settled(calls, id, "DELETE_COMPLETE");
  }

  /** The outer stack's capabilities were checked against its own template; the inner has them. */
  private static ObjectNode input(ServiceCalls calls, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.set("TemplateURL", properties.get("TemplateURL"));
    input.putArray("Capabilities").add("CAPABILITY_NAMED_IAM");
    ArrayNode parameters = input.putArray("Parameters");
    properties
        .path("Parameters")
        .properties()
        .forEach(
            parameter ->
                parameters
                    .addObject()
                    .put("ParameterKey", parameter.getKey())
                    .put("ParameterValue", parameter.getValue().asText()));
    if (properties.has("Tags")) {
      input.set("Tags", properties.get("Tags"));
    }
    return input;
  }

  private static void settled(ServiceCalls calls, String id, String wanted) {
    calls.await(
        "Embedded stack " + id,
        () -> {
          String status = describe(calls, id).path("StackStatus").asText();
          if (status.equals(wanted)) {
            return true;
          }
          if (!status.endsWith("_IN_PROGRESS")) {
            throw new ResourceException(
                "Embedded stack "
                    + id
                    + " was not successfully "
                    + verb(wanted)
                    + ": "
                    + reason(calls, id));
          }
          return false;
        });
  }

  private static String verb(String wanted) {
    return switch (wanted) {
      case "CREATE_COMPLETE" -> "created";
      case "UPDATE_COMPLETE" -> "updated";
      default -> "deleted";
    };
  }

  /** The first failure of the inner stack, which the others follow from. */
  private static String reason(ServiceCalls calls, String id) {
    JsonNode events =
        calls
            .call(SERVICE, "DescribeStackEvents", calls.input().put("StackName", id))
            .path("StackEvents");
    String reason = describe(calls, id).path("StackStatusReason").asText("");
    for (JsonNode event : events) {
      if (event.path("ResourceStatus").asText().endsWith("_FAILED")) {
        reason =
            event.path("LogicalResourceId").asText()
                + ": "
                + event.path("ResourceStatusReason").asText();
      }
    }
    return reason;
  }

  private static ResourceState state(ServiceCalls calls, String id) {
    Map<String, JsonNode> outputs = new LinkedHashMap<>();
    for (JsonNode output : describe(calls, id).path("Outputs")) {
      outputs.put(
          "Outputs." + output.path("OutputKey").asText(),
          JsonNodeFactory.instance.textNode(output.path("OutputValue").asText()));
    }
    return new ResourceState(id, outputs);
  }

  private static JsonNode describe(ServiceCalls calls, String id) {
    return calls
        .call(SERVICE, "DescribeStacks", calls.input().put("StackName", id))
        .path("Stacks")
        .path(0);
  }
}
