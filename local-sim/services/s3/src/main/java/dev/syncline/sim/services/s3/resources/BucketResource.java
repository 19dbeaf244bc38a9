// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

public final class BucketResource implements ResourceType {
  private static final Struct PROPERTIES = Struct.of(member("BucketName", Shape.text()).fixed());

  @Override
  public String name() {
    return "AWS::S3::Bucket";
  }

  @Override
  public String nameProperty() {
    return "BucketName";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("BucketName").asText(names.lowerCaseName(63));
    calls.call("s3", "CreateBucket", calls.input().put("Bucket", name));
    return ResourceState.of(
        name,
        "Arn",
        "arn:aws:s3:::" + name,
        "DomainName",
        name + ".s3.amazonaws.com",
        "RegionalDomainName",
        name + ".s3." + calls.region() + ".amazonaws.com");
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone("s3", "DeleteBucket", calls.input().put("Bucket", current.physicalId()));
  }
}
