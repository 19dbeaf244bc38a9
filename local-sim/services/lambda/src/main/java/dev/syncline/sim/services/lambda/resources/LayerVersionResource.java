// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A version of a layer. Every property is create-only. */
public final class LayerVersionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("LayerName", Shape.text()).fixed(),
          member("Description", Shape.text()).fixed(),
          member(
                  "Content",
                  Struct.of(
                      member("S3Bucket", Shape.text()).required(),
                      member("S3Key", Shape.text()).required(),
                      member("S3ObjectVersion", Shape.text())))
              .required()
              .fixed(),
          member("CompatibleRuntimes", Shape.list(Shape.text())).fixed(),
          member("CompatibleArchitectures", Shape.list(Shape.text())).fixed(),
          member("LicenseInfo", Shape.text()).fixed());

  /** The declaration of the type. */
  public LayerVersionResource() {
    super(
        new CrudDeclaration("AWS::Lambda::LayerVersion", "lambda", PROPERTIES)
            .create("PublishLayerVersion")
            .named("LayerName", 64)
            .id("/LayerVersionArn", "LayerVersionArn")
            .delete("DeleteLayerVersion"));
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "lambda", "DeleteLayerVersion", versionOf(calls.input(), current.physicalId()));
  }

  /** Names the version of an ARN in an operation's input. */
  static ObjectNode versionOf(ObjectNode input, String arn) {
    int colon = arn.lastIndexOf(':');
    return input
        .put("LayerName", arn.substring(0, colon))
        .put("VersionNumber", arn.substring(colon + 1));
  }

  /** Names the version of the property {@code LayerVersionArn} in place of it. */
  static ObjectNode ofProperty(ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    JsonNode arn = input.remove("LayerVersionArn");
    return versionOf(input, arn.asText());
  }
}
