// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The schema of a GraphQL API, as text or from S3. An update with the same address in S3 does not
 * read the object again, as on AWS. AppSync cannot delete a schema, so that a deletion does
 * nothing.
 */
public final class GraphqlSchemaResource extends CrudResource {
  private static final String SERVICE = "appsync";
  private static final String DEFINITION = "definition";
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required, fixed
          Definition: text
          DefinitionS3Location: text
          """);

  /** The declaration of the type. */
  public GraphqlSchemaResource() {
    super(
        new CrudDeclaration("AWS::AppSync::GraphQLSchema", SERVICE, PROPERTIES)
            .addressedByProperties("apiId")
            .update(change -> load(change.calls(), change.after())));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    load(calls, properties);
    String id = properties.path("apiId").asText() + "GraphQLSchema";
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    // The schema goes with its API.
  }

  private static void load(ServiceCalls calls, ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    InlineText.fetch(calls, input, "definitionS3Location", DEFINITION);
    if (!input.has(DEFINITION)) {
      throw new ResourceException(
          "One of the properties Definition and DefinitionS3Location must be given");
    }
    byte[] text = input.path(DEFINITION).asText().getBytes(StandardCharsets.UTF_8);
    input.put(DEFINITION, Base64.getEncoder().encodeToString(text));
    calls.call(SERVICE, "StartSchemaCreation", input);
    input.remove(DEFINITION);
    calls.await(
        "the schema of the API " + input.path("apiId").asText(),
        () -> !status(calls, input).path("status").asText().equals("PROCESSING"));
    JsonNode verdict = status(calls, input);
    String state = verdict.path("status").asText();
    if (!state.equals("SUCCESS") && !state.equals("ACTIVE")) {
      throw new ResourceException(
          "Schema Creation Status is "
              + state
              + " with details: "
              + verdict.path("details").asText());
    }
  }

  private static JsonNode status(ServiceCalls calls, ObjectNode target) {
    return calls.call(SERVICE, "GetSchemaCreationStatus", target.deepCopy());
  }
}
