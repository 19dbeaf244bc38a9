// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** A log group. Source: CloudFormation's template reference of AWS::Logs::LogGroup. */
public final class LogGroupResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          LogGroupName: text, fixed
          RetentionInDays: integer
          KmsKeyId: text
          LogGroupClass: text, fixed
          Tags: tag map
          """);

  /** The declaration of the type. */
  public LogGroupResource() {
    super(
        new CrudDeclaration("AWS::Logs::LogGroup", "logs", PROPERTIES)
            .nameProperty("LogGroupName")
            .create("CreateLogGroup", "retentionInDays")
            .named("logGroupName", 512)
            .created(LogGroupResource::state)
            .addressedBy("logGroupName")
            .update(LogGroupResource::changeKey)
            .update(LogGroupResource::changeRetention)
            .tagMap(
                Tagging.camel("logs"),
                change -> change.calls().arn("logs", "log-group:" + change.current().physicalId()))
            .delete("DeleteLogGroup"));
  }

  private static ResourceState state(Created call) {
    String name = call.given("logGroupName");
    return ResourceState.of(name, "Arn", call.calls().arn("logs", "log-group:" + name + ":*"));
  }

  private static void changeKey(Change change) {
    if (change.of("kmsKeyId")) {
      ObjectNode input = change.target();
      if (change.after().has("kmsKeyId")) {
        input.set("kmsKeyId", change.after().get("kmsKeyId"));
        change.calls().call("logs", "AssociateKmsKey", input);
      } else {
        change.calls().call("logs", "DisassociateKmsKey", input);
      }
    }
  }

  private static void changeRetention(Change change) {
    if (change.of("retentionInDays")) {
      if (change.after().has("retentionInDays")) {
        retain(change.calls(), change.target(), change.after());
      } else {
        change.calls().call("logs", "DeleteRetentionPolicy", change.target());
      }
    }
  }

  /** The retention follows in a second call, because CreateLogGroup has no member for it. */
  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    if (properties.has("retentionInDays")) {
      ServiceCalls.finish(
          () -> retain(calls, target(calls, created, properties), properties),
          () -> delete(calls, created, properties));
    }
    return created;
  }

  private static void retain(ServiceCalls calls, ObjectNode target, ObjectNode properties) {
    target.set("retentionInDays", properties.get("retentionInDays"));
    calls.call("logs", "PutRetentionPolicy", target);
  }
}
