// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;

/** The API behind a custom domain name of AppSync. */
public final class DomainNameAssociationResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required
          DomainName: text, required, fixed
          """);

  /** The declaration of the type. */
  public DomainNameAssociationResource() {
    super(
        new CrudDeclaration("AWS::AppSync::DomainNameApiAssociation", "appsync", PROPERTIES)
            .create("AssociateApi")
            .created(DomainNameAssociationResource::state)
            .addressedByProperties("domainName")
            .update(DomainNameAssociationResource::change)
            .delete("DisassociateApi"));
  }

  private static ResourceState state(Created call) {
    String id = call.given("domainName");
    return ResourceState.of(id, "ApiAssociationIdentifier", id);
  }

  private static void change(Change change) {
    change.calls().call("appsync", "DisassociateApi", change.target());
    ObjectNode input = change.target();
    input.set("apiId", change.after().get("apiId"));
    change.calls().call("appsync", "AssociateApi", input);
  }
}
