// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A statement of a layer version's policy. Every property is create-only. */
public final class LayerVersionPermissionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("LayerVersionArn", Shape.text()).required().fixed(),
          member("Action", Shape.text()).required().fixed(),
          member("Principal", Shape.text()).required().fixed(),
          member("OrganizationId", Shape.text()).fixed());

  /** The declaration of the type. */
  public LayerVersionPermissionResource() {
    super(new CrudDeclaration("AWS::Lambda::LayerVersionPermission", "lambda", PROPERTIES));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String statement = names.name(100);
    calls.call(
        "lambda",
        "AddLayerVersionPermission",
        LayerVersionResource.ofProperty(properties).put("StatementId", statement));
    String id = properties.path("LayerVersionArn").asText() + "#" + statement;
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    String id = current.physicalId();
    int mark = id.lastIndexOf('#');
    calls.callUnlessGone(
        "lambda",
        "RemoveLayerVersionPermission",
        LayerVersionResource.versionOf(calls.input(), id.substring(0, mark))
            .put("StatementId", id.substring(mark + 1)));
  }
}
