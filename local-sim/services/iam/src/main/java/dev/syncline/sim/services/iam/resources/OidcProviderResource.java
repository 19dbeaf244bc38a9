// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/** An OpenID Connect identity provider. */
public final class OidcProviderResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          ClientIdList: list of text, as ClientIDList
          Tags: tags Key Value
          ThumbprintList: list of text
          Url: text, required, fixed
          """);
  private static final String ARN = "OpenIDConnectProviderArn";
  private static final Tagging TAGGING =
      new Tagging(
          "iam", "TagOpenIDConnectProvider", "UntagOpenIDConnectProvider", ARN, "Tags", "TagKeys");

  /** The declaration of the type. */
  public OidcProviderResource() {
    super(
        new CrudDeclaration("AWS::IAM::OIDCProvider", "iam", PROPERTIES)
            .create("CreateOpenIDConnectProvider")
            .id("/" + ARN, "Arn")
            .addressedBy(ARN)
            .update(OidcProviderResource::changeClients)
            .update(OidcProviderResource::changeThumbprints)
            .tagList(TAGGING, "Key")
            .delete("DeleteOpenIDConnectProvider"));
  }

  private static void changeClients(Change change) {
    JsonNode old = change.before().path("ClientIDList");
    JsonNode wanted = change.after().path("ClientIDList");
    for (String client : Differences.without(wanted, old)) {
      change
          .calls()
          .call(
              "iam", "AddClientIDToOpenIDConnectProvider", change.target().put("ClientID", client));
    }
    for (String client : Differences.without(old, wanted)) {
      change
          .calls()
          .call(
              "iam",
              "RemoveClientIDFromOpenIDConnectProvider",
              change.target().put("ClientID", client));
    }
  }

  private static void changeThumbprints(Change change) {
    if (change.of("ThumbprintList")) {
      ObjectNode input = change.target();
      JsonNode wanted = change.after().path("ThumbprintList");
      input.set(
          "ThumbprintList", wanted.isMissingNode() ? JsonNodeFactory.instance.arrayNode() : wanted);
      change.calls().call("iam", "UpdateOpenIDConnectProviderThumbprint", input);
    }
  }
}
