// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3.resources;

import static dev.syncline.sim.service.resource.Struct.member;

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

/** {@code AWS::S3::BucketPolicy}: the one policy of a bucket. */
public final class BucketPolicyResource extends CrudResource {
  /** The declaration of the type. */
  public BucketPolicyResource() {
    super(
        new CrudDeclaration(
                "AWS::S3::BucketPolicy",
                "s3",
                Struct.of(
                    member("Bucket", Shape.text()).required().fixed(),
                    member("PolicyDocument", Shape.jsonText()).as("Policy").required()))
            .create("PutBucketPolicy")
            .created(call -> ResourceState.of(call.given("Bucket")))
            .addressedBy("Bucket")
            .updateAll("PutBucketPolicy")
            .delete("DeleteBucketPolicy"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String bucket = properties.path("Bucket").asText();
    try {
      calls.call("s3", "GetBucketPolicy", calls.input().put("Bucket", bucket));
    } catch (AwsException absent) {
      if (absent.code().equals("NoSuchBucketPolicy")) {
        return super.create(calls, names, properties);
      }
      throw absent;
    }
    throw new ResourceException("The bucket policy already exists on bucket " + bucket + ".");
  }
}
