// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

/** The roles of an identity pool. Deleting it takes the roles away. */
public final class IdentityPoolRoleAttachmentResource extends CrudResource {
  private static final String ID = "IdentityPoolId";
  private static final String MAPPINGS = "RoleMappings";
  private static final String PROVIDER = "IdentityProvider";
  private static final int MAX_ID = 128;
  private static final Struct PROPERTIES =
      Struct.of(
          """
          IdentityPoolId: text, required, fixed
          Roles: map of text
          RoleMappings: map of structure
            IdentityProvider: text
            Type: text, required
            AmbiguousRoleResolution: text
            RulesConfiguration: structure
              Rules: list of structure, required
                Claim: text, required
                MatchType: text, required
                Value: text, required
                RoleARN: text, required
          """);

  /** The declaration of the type. */
  public IdentityPoolRoleAttachmentResource() {
    super(
        new CrudDeclaration(
                "AWS::Cognito::IdentityPoolRoleAttachment", "cognitoidentity", PROPERTIES)
            .addressedByProperties(ID));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id = names.name(MAX_ID);
    set(calls, properties);
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    set(calls, after);
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = target(calls, current, properties);
    input.putObject("Roles");
    calls.callUnlessGone("cognitoidentity", "SetIdentityPoolRoles", input);
  }

  private void set(ServiceCalls calls, ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    if (!input.has("Roles")) {
      input.putObject("Roles");
    }
    if (input.has(MAPPINGS)) {
      input.set(MAPPINGS, byProvider(calls, input.path(MAPPINGS)));
    }
    call(calls, "SetIdentityPoolRoles", input);
  }

  /** A key of a template cannot be computed, so a mapping may name its provider inside. */
  private static ObjectNode byProvider(ServiceCalls calls, JsonNode mappings) {
    ObjectNode renamed = calls.input();
    mappings
        .properties()
        .forEach(
            mapping -> {
              ObjectNode value = mapping.getValue().deepCopy();
              JsonNode provider = value.remove(PROVIDER);
              renamed.set(provider == null ? mapping.getKey() : provider.asText(), value);
            });
    return renamed;
  }
}
