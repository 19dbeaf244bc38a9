// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class DomainNameOperationsTest extends ControlPlaneFixture {
  private static final String NAME = "{'domainName':'api.example.com'}";

  private JsonNode create(String name) {
    return call(
            "CreateDomainName",
            "{'domainName':'"
                + name
                + "','certificateArn':'arn:aws:acm:us-east-1:111111111111:certificate/c',"
                + "'description':'one','tags':{'k':'v'}}")
        .path("domainNameConfig");
  }

  @Test
  void aDomainNameServesOneApiUntilItIsDisassociated() {
    JsonNode made = create("api.example.com");
    assertThat(made.path("appsyncDomainName").asText()).endsWith(".cloudfront.net");
    assertThat(made.path("hostedZoneId").asText()).isEqualTo("Z2FDTNDATAQYW2");
    assertThat(simulation.fail("GetApiAssociation", NAME).status()).isEqualTo(404);
    String association = "{'domainName':'api.example.com','apiId':'" + simulation.apiId + "'}";
    JsonNode associated = call("AssociateApi", association).path("apiAssociation");
    assertThat(associated.path("associationStatus").asText()).isEqualTo("SUCCESS");
    String other = simulation.createApi("other").path("apiId").asText();
    assertThat(
            simulation
                .fail("AssociateApi", "{'domainName':'api.example.com','apiId':'" + other + "'}")
                .text())
        .contains(simulation.apiId);
    assertThat(simulation.fail("DeleteDomainName", NAME).text()).contains("disassociate it first");
    call("DisassociateApi", NAME);
    assertThat(simulation.fail("DisassociateApi", NAME).status()).isEqualTo(404);
    call("DeleteDomainName", NAME);
    assertThat(simulation.fail("GetDomainName", NAME).code()).isEqualTo("NotFoundException");
  }

  @Test
  void anApiThatIsDeletedIsNoLongerAssociated() {
    create("api.example.com");
    call("AssociateApi", "{'domainName':'api.example.com','apiId':'" + simulation.apiId + "'}");
    call("DeleteApi", api());
    call("DeleteDomainName", NAME);
  }

  @Test
  void wrongNamesCertificatesAndApisAreRefused() {
    create("api.example.com");
    assertThat(
            simulation
                .fail(
                    "CreateDomainName",
                    "{'domainName':'API.example.com','certificateArn':"
                        + "'arn:aws:acm:us-east-1:111111111111:certificate/c'}")
                .text())
        .contains("exists already");
    assertThat(
            simulation
                .fail("CreateDomainName", "{'domainName':'none','certificateArn':'x'}")
                .text())
        .contains("'domainName'");
    assertThat(
            simulation
                .fail("CreateDomainName", "{'domainName':'a.example.com','certificateArn':'x'}")
                .text())
        .contains("'certificateArn'");
    assertThat(
            simulation
                .fail("AssociateApi", "{'domainName':'api.example.com','apiId':'none'}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void tagsAndDescriptionCanBeChanged() {
    String arn = create("api.example.com").path("domainNameArn").asText();
    call("TagResource", "{'resourceArn':'" + arn + "','tags':{'a':'1'}}");
    call("UpdateDomainName", "{'domainName':'api.example.com','description':'two'}");
    JsonNode shown = call("GetDomainName", NAME).path("domainNameConfig");
    assertThat(shown.path("description").asText()).isEqualTo("two");
    assertThat(shown.path("tags").toString()).isEqualTo("{\"k\":\"v\",\"a\":\"1\"}");
    assertThat(
            simulation
                .fail(
                    "ListTagsForResource",
                    "{'resourceArn':'" + arn.replace("us-east-1", "eu-west-1") + "'}")
                .status())
        .isEqualTo(404);
  }
}
