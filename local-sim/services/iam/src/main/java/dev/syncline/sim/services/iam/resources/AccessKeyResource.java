// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

/** An access key of a user. */
public final class AccessKeyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Serial: integer, fixed
          Status: text
          UserName: text, required, fixed
          """);

  /** The declaration of the type. */
  public AccessKeyResource() {
    super(
        new CrudDeclaration("AWS::IAM::AccessKey", "iam", PROPERTIES)
            .create("CreateAccessKey", "Serial", "Status")
            .created(
                call ->
                    ResourceState.of(
                        call.answered("/AccessKey/AccessKeyId"),
                        "Id",
                        call.answered("/AccessKey/AccessKeyId"),
                        "SecretAccessKey",
                        call.answered("/AccessKey/SecretAccessKey")))
            .addressedBy("AccessKeyId")
            .addressedByProperties("UserName")
            .update(change -> setStatus(change.calls(), change.target(), change.after()))
            .delete("DeleteAccessKey"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, properties);
    if (properties.has("Status")) {
      ServiceCalls.finish(
          () -> setStatus(calls, target(calls, created, properties), properties),
          () -> delete(calls, created, properties));
    }
    return created;
  }

  private static void setStatus(ServiceCalls calls, ObjectNode target, ObjectNode properties) {
    calls.call(
        "iam", "UpdateAccessKey", target.put("Status", properties.path("Status").asText("Active")));
  }
}
