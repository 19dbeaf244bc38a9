// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** A custom domain name of AppSync. */
public final class DomainNameResource extends CrudResource {
  private static final String DESCRIPTION = "description";
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          DomainName: text, required, fixed
          CertificateArn: text, required, fixed
          Description: text
          Tags: tag map
          """);

  /** The declaration of the type. */
  public DomainNameResource() {
    super(
        new CrudDeclaration("AWS::AppSync::DomainName", "appsync", PROPERTIES)
            .create("CreateDomainName")
            .created(DomainNameResource::state)
            .addressedByProperties("domainName")
            .update(DomainNameResource::change)
            .tagMap(Tagging.camel("appsync"), change -> change.current().text("DomainNameArn"))
            .delete("DeleteDomainName"));
  }

  private static ResourceState state(Created call) {
    return ResourceState.of(
        call.answered("/domainNameConfig/domainName"),
        "DomainName",
        call.answered("/domainNameConfig/domainName"),
        "AppSyncDomainName",
        call.answered("/domainNameConfig/appsyncDomainName"),
        "HostedZoneId",
        call.answered("/domainNameConfig/hostedZoneId"),
        "DomainNameArn",
        call.answered("/domainNameConfig/domainNameArn"));
  }

  private static void change(Change change) {
    if (change.of(DESCRIPTION)) {
      ObjectNode input = change.target();
      if (change.after().has(DESCRIPTION)) {
        input.set(DESCRIPTION, change.after().get(DESCRIPTION));
      }
      change.calls().call("appsync", "UpdateDomainName", input);
    }
  }
}
