// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** A log group. Source: CloudFormation's template reference of AWS::Logs::LogGroup. */
public final class LogGroupResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("LogGroupName", Shape.text()).fixed(),
          member("RetentionInDays", Shape.integer()),
          member("KmsKeyId", Shape.text()),
          member("LogGroupClass", Shape.text()).fixed(),
          member("Tags", Shape.tagMap()));

  private static final Tagging TAGGING = Tagging.camel("logs");

  @Override
  public String name() {
    return "AWS::Logs::LogGroup";
  }

  @Override
  public String nameProperty() {
    return "LogGroupName";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("logGroupName").asText(names.name(512));
    ObjectNode input = properties.deepCopy().put("logGroupName", name);
    input.remove("retentionInDays");
    calls.call("logs", "CreateLogGroup", input);
    var created = ResourceState.of(name, "Arn", calls.arn("logs", "log-group:" + name + ":*"));
    ServiceCalls.finish(
        () -> retain(calls, name, properties), () -> delete(calls, created, properties));
    return created;
  }

  private static void retain(ServiceCalls calls, String name, ObjectNode properties) {
    if (properties.has("retentionInDays")) {
      ObjectNode input = calls.input().put("logGroupName", name);
      input.set("retentionInDays", properties.get("retentionInDays"));
      calls.call("logs", "PutRetentionPolicy", input);
    }
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    String name = current.physicalId();
    if (Differences.in(before, after, "kmsKeyId")) {
      ObjectNode input = calls.input().put("logGroupName", name);
      if (after.has("kmsKeyId")) {
        input.set("kmsKeyId", after.get("kmsKeyId"));
        calls.call("logs", "AssociateKmsKey", input);
      } else {
        calls.call("logs", "DisassociateKmsKey", input);
      }
    }
    if (Differences.in(before, after, "retentionInDays")) {
      if (after.has("retentionInDays")) {
        retain(calls, name, after);
      } else {
        calls.call("logs", "DeleteRetentionPolicy", calls.input().put("logGroupName", name));
      }
    }
    TAGGING.changeMap(
        calls, calls.arn("logs", "log-group:" + name), before.path("tags"), after.path("tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "logs", "DeleteLogGroup", calls.input().put("logGroupName", current.physicalId()));
  }
}
