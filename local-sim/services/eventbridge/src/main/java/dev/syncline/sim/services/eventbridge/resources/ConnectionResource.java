// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

public final class ConnectionResource extends CrudResource {
  private static final Shape HTTP_PARAMETERS = httpParameters();
  private static final Struct PROPERTIES =
      Struct.of(
          member("Name", Shape.text()).fixed(),
          member("Description", Shape.text()),
          member("AuthorizationType", Shape.text()).required(),
          member(
                  "AuthParameters",
                  Struct.of(
                      member(
                          "ApiKeyAuthParameters",
                          Struct.of(
                              member("ApiKeyName", Shape.text()).required(),
                              member("ApiKeyValue", Shape.text()).required())),
                      member(
                          "BasicAuthParameters",
                          Struct.of(
                              member("Username", Shape.text()).required(),
                              member("Password", Shape.text()).required())),
                      member(
                          "OAuthParameters",
                          Struct.of(
                              member("AuthorizationEndpoint", Shape.text()).required(),
                              member(
                                      "ClientParameters",
                                      Struct.of(
                                          member("ClientID", Shape.text()).required(),
                                          member("ClientSecret", Shape.text()).required()))
                                  .required(),
                              member("HttpMethod", Shape.text()).required(),
                              member("OAuthHttpParameters", HTTP_PARAMETERS))),
                      member("InvocationHttpParameters", HTTP_PARAMETERS)))
              .required());

  private static Shape httpParameters() {
    Shape parameters =
        Shape.list(
            Struct.of(
                member("Key", Shape.text()).required(),
                member("Value", Shape.text()).required(),
                member("IsValueSecret", Shape.bool())));
    return Struct.of(
        member("HeaderParameters", parameters),
        member("QueryStringParameters", parameters),
        member("BodyParameters", parameters));
  }

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
