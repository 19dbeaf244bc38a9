// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

public final class BucketResource extends CrudResource {
  private static final Struct PROPERTIES = Struct.of(member("BucketName", Shape.text()).fixed());

  /** The declaration of the type. */
  public BucketResource() {
    super(
        new CrudDeclaration("AWS::S3::Bucket", "s3", PROPERTIES)
            .nameProperty("BucketName")
            .addressedBy("Bucket")
            .delete("DeleteBucket"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("BucketName").asText(names.lowerCaseName(63));
    calls.call("s3", "CreateBucket", calls.input().put("Bucket", name));
    return ResourceState.of(
        name,
        "Arn",
        Arn.aws("s3", "", "", name),
        "DomainName",
        name + ".s3.amazonaws.com",
        "RegionalDomainName",
        name + ".s3." + calls.region() + ".amazonaws.com");
  }
}
