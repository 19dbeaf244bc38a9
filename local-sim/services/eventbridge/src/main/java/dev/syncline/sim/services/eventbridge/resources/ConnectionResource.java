// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;

public final class ConnectionResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Name: text, fixed
          Description: text
          AuthorizationType: text, required
          AuthParameters: structure, required
            ApiKeyAuthParameters: structure
              ApiKeyName: text, required
              ApiKeyValue: text, required
            BasicAuthParameters: structure
              Username: text, required
              Password: text, required
            OAuthParameters: structure
              AuthorizationEndpoint: text, required
              ClientParameters: structure, required
                ClientID: text, required
                ClientSecret: text, required
              HttpMethod: text, required
              OAuthHttpParameters: structure
                HeaderParameters: list of structure
                  Key: text, required
                  Value: text, required
                  IsValueSecret: boolean
                QueryStringParameters: list of structure
                  Key: text, required
                  Value: text, required
                  IsValueSecret: boolean
                BodyParameters: list of structure
                  Key: text, required
                  Value: text, required
                  IsValueSecret: boolean
            InvocationHttpParameters: structure
              HeaderParameters: list of structure
                Key: text, required
                Value: text, required
                IsValueSecret: boolean
              QueryStringParameters: list of structure
                Key: text, required
                Value: text, required
                IsValueSecret: boolean
              BodyParameters: list of structure
                Key: text, required
                Value: text, required
                IsValueSecret: boolean
          """);

  /** The declaration of the type. */
  public ConnectionResource() {
    super(
        new CrudDeclaration("AWS::Events::Connection", "events", PROPERTIES)
            .nameProperty("Name")
            .addressedBy("Name")
            .delete("DeleteConnection"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("Name").asText(names.name(64));
    calls.call("events", "CreateConnection", properties.deepCopy().put("Name", name));
    ServiceCalls.finish(
        () -> authorize(calls, name), () -> delete(calls, ResourceState.of(name), properties));
    return state(calls, name);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    String name = current.physicalId();
    calls.call("events", "UpdateConnection", after.deepCopy().put("Name", name));
    authorize(calls, name);
    return state(calls, name);
  }

  private static void authorize(ServiceCalls calls, String name) {
    calls.await(
        "Connection " + name,
        () ->
            switch (describe(calls, name).path("ConnectionState").asText()) {
              case "CREATING", "UPDATING", "AUTHORIZING" -> false;
              case "AUTHORIZED" -> true;
              default ->
                  throw new ResourceException(
                      "Connection "
                          + name
                          + " was not authorized: "
                          + describe(calls, name).path("StateReason").asText());
            });
  }

  private static ResourceState state(ServiceCalls calls, String name) {
    JsonNode connection = describe(calls, name);
    return ResourceState.of(
        name,
        "Arn",
        connection.path("ConnectionArn").asText(),
        "ArnForPolicy",
        calls.arn("events", "connection/" + name),
        "SecretArn",
        connection.path("SecretArn").asText());
  }

  private static JsonNode describe(ServiceCalls calls, String name) {
    return calls.call("events", "DescribeConnection", calls.input().put("Name", name));
  }
}
