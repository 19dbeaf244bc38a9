// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import java.util.List;

/** A method of a REST API with its integration and their responses. */
public final class MethodResource extends CrudResource {
  private static final Struct INTEGRATION =
      Struct.camel(
          member("Type", Shape.text()).required(),
          member("IntegrationHttpMethod", Shape.text()),
          member("Uri", Shape.text()),
          member("ConnectionType", Shape.text()),
          member("ConnectionId", Shape.text()),
          member("Credentials", Shape.text()),
          member("RequestParameters", Shape.map(Shape.text())),
          member("RequestTemplates", Shape.map(Shape.text())),
          member("PassthroughBehavior", Shape.text()),
          member("ContentHandling", Shape.text()),
          member("CacheKeyParameters", Shape.list(Shape.text())),
          member("CacheNamespace", Shape.text()),
          member("TimeoutInMillis", Shape.integer()),
          member(
              "IntegrationResponses",
              Shape.list(
                  Struct.camel(
                      member("StatusCode", Shape.text()).required(),
                      member("SelectionPattern", Shape.text()),
                      member("ResponseParameters", Shape.map(Shape.text())),
                      member("ResponseTemplates", Shape.map(Shape.text())),
                      member("ContentHandling", Shape.text())))));
  private static final Struct PROPERTIES =
      Struct.camel(
          member("RestApiId", Shape.text()).required().fixed(),
          member("ResourceId", Shape.text()).required().fixed(),
          member("HttpMethod", Shape.text()).required().fixed(),
          member("AuthorizationType", Shape.text()),
          member("AuthorizerId", Shape.text()),
          member("AuthorizationScopes", Shape.list(Shape.text())),
          member("ApiKeyRequired", Shape.bool()),
          member("OperationName", Shape.text()),
          member("RequestParameters", Shape.map(Shape.bool())),
          member("RequestModels", Shape.map(Shape.text())),
          member("RequestValidatorId", Shape.text()),
          member(
              "MethodResponses",
              Shape.list(
                  Struct.camel(
                      member("StatusCode", Shape.text()).required(),
                      member("ResponseParameters", Shape.map(Shape.bool())),
                      member("ResponseModels", Shape.map(Shape.text()))))),
          member("Integration", INTEGRATION));

  /** The declaration of the type. */
  public MethodResource() {
    super(
        new CrudDeclaration("AWS::ApiGateway::Method", "apigateway", PROPERTIES)
            .addressedByProperties("restApiId", "resourceId", "httpMethod")
            .delete("DeleteMethod"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    var created = ResourceState.of(names.name(64));
    ServiceCalls.finish(() -> put(calls, properties), () -> delete(calls, created, properties));
    return created;
  }

  private static void put(ServiceCalls calls, ObjectNode properties) {
    ObjectNode method = properties.deepCopy();
    method.remove(List.of("integration", "methodResponses"));
    if (!method.has("authorizationType")) {
      method.put("authorizationType", "NONE");
    }
    calls.call("apigateway", "PutMethod", method);
    for (JsonNode response : properties.path("methodResponses")) {
      calls.call("apigateway", "PutMethodResponse", input(calls, properties, response));
    }
    if (properties.has("integration")) {
      JsonNode integration = properties.get("integration");
      ObjectNode input = input(calls, properties, integration);
      input.remove("integrationResponses");
      calls.call("apigateway", "PutIntegration", input);
      for (JsonNode response : integration.path("integrationResponses")) {
        calls.call("apigateway", "PutIntegrationResponse", input(calls, properties, response));
      }
    }
  }

  /** Deletes and creates it; stages serve deployments, which are snapshots, so no call fails. */
  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    delete(calls, current, before);
    put(calls, after);
    return current;
  }

  private static ObjectNode input(ServiceCalls calls, ObjectNode properties, JsonNode members) {
    ObjectNode input = calls.input().setAll((ObjectNode) members.deepCopy());
    input.set("restApiId", properties.get("restApiId"));
    input.set("resourceId", properties.get("resourceId"));
    input.set("httpMethod", properties.get("httpMethod"));
    return input;
  }
}
