// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import java.util.Set;

/**
 * {@code AWS::S3::Bucket}. A bucket that could not be configured is deleted again. Source: the
 * CloudFormation template reference.
 */
public final class BucketResource extends CrudResource {
  private static final int MAX_NAME = 63;

  /** Regions whose website hosts have a hyphen before the region, from S3's user guide. */
  private static final Set<String> HYPHENATED =
      Set.of(
          "us-east-1",
          "us-west-1",
          "us-west-2",
          "us-gov-west-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "ap-northeast-1",
          "eu-west-1",
          "sa-east-1");

  /** The declaration of the type. */
  public BucketResource() {
    super(
        new CrudDeclaration("AWS::S3::Bucket", "s3", BucketProperties.ALL)
            .nameProperty("BucketName")
            .addressedBy("Bucket")
            .delete("DeleteBucket"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    // The name is generated even if one is given, so that later ids do not depend on it.
    String generated = names.lowerCaseName(MAX_NAME);
    String name = properties.path("BucketName").asText(generated);
    if (exists(calls, name)) {
      throw new ResourceException(name + " already exists");
    }
    ObjectNode input = calls.input().put("Bucket", name);
    if (properties.path("ObjectLockEnabled").asBoolean()) {
      input.put("ObjectLockEnabledForBucket", true);
    }
    if (properties.has("OwnershipControls")) {
      input.set("ObjectOwnership", properties.at("/OwnershipControls/Rules/0/ObjectOwnership"));
    } else if (properties.has("AccessControl")) {
      // Without ownership controls S3 refuses every list but the private one.
      input.put("ACL", BucketPart.canned(properties.path("AccessControl")));
    }
    calls.call("s3", "CreateBucket", input);
    try {
      BucketPart.ALL.forEach(part -> part.create(calls, name, properties));
    } catch (AwsException | ResourceException refused) {
      calls.callUnlessGone("s3", "DeleteBucket", calls.input().put("Bucket", name));
      throw refused;
    }
    return state(name, calls.region());
  }

  private static boolean exists(ServiceCalls calls, String name) {
    try {
      calls.call("s3", "HeadBucket", calls.input().put("Bucket", name));
      return true;
    } catch (AwsException absent) {
      if (absent.code().equals("NoSuchBucket")) {
        return false;
      }
      throw absent;
    }
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    BucketPart.ALL.forEach(part -> part.update(calls, current.physicalId(), before, after));
    return state(current.physicalId(), calls.region());
  }

  private static ResourceState state(String name, String region) {
    return ResourceState.of(
        name,
        "Arn",
        Arn.aws("s3", "", "", name),
        "DomainName",
        name + ".s3.amazonaws.com",
        "DualStackDomainName",
        name + ".s3.dualstack." + region + ".amazonaws.com",
        "RegionalDomainName",
        name + ".s3." + region + ".amazonaws.com",
        "WebsiteURL",
        "http://"
            + name
            + ".s3-website"
            + (HYPHENATED.contains(region) ? "-" : ".")
            + region
            + ".amazonaws.com");
  }
}
