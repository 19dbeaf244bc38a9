// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;

/** The OAuth domain of a user pool. */
public final class UserPoolDomainResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Domain: text, required, fixed
          UserPoolId: text, required, fixed
          CustomDomainConfig: structure
            CertificateArn: text
          ManagedLoginVersion: integer
          """);

  /** The declaration of the type. */
  public UserPoolDomainResource() {
    super(
        Cognito.part("UserPoolDomain", "Domain", PROPERTIES)
            .create("CreateUserPoolDomain")
            .created(UserPoolDomainResource::state)
            .updateAll("UpdateUserPoolDomain")
            .delete("DeleteUserPoolDomain"));
  }

  private static ResourceState state(Created call) {
    String domain = call.given("Domain");
    JsonNode described =
        call.calls()
            .call(
                Cognito.SERVICE,
                "DescribeUserPoolDomain",
                call.calls().input().put("Domain", domain));
    return ResourceState.of(
        domain,
        "CloudFrontDistribution",
        described.at("/DomainDescription/CloudFrontDistribution").asText());
  }
}
