// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** An HTTP API, made of its properties or of an OpenAPI document. */
public final class HttpApiResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("Body", Shape.jsonText()),
          member(
              "CorsConfiguration",
              Struct.camel(
                  member("AllowCredentials", Shape.bool()),
                  member("AllowHeaders", Shape.list(Shape.text())),
                  member("AllowMethods", Shape.list(Shape.text())),
                  member("AllowOrigins", Shape.list(Shape.text())),
                  member("ExposeHeaders", Shape.list(Shape.text())),
                  member("MaxAge", Shape.integer()))),
          member("CredentialsArn", Shape.text()).fixed(),
          member("Description", Shape.text()),
          member("DisableExecuteApiEndpoint", Shape.bool()),
          member("FailOnWarnings", Shape.bool()),
          member("IpAddressType", Shape.text()),
          member("Name", Shape.text()),
          member("ProtocolType", Shape.text()).fixed(),
          member("RouteKey", Shape.text()).fixed(),
          member("RouteSelectionExpression", Shape.text()),
          member("Tags", Shape.map(Shape.text())).fixed(),
          member("Target", Shape.text()).fixed(),
          member("Version", Shape.text()));
  private static final String[] ONLY_AT_IMPORT = {"body", "failOnWarnings"};
  private static final String[] ONLY_AT_CREATION = {
    "body", "credentialsArn", "failOnWarnings", "protocolType", "routeKey", "tags", "target"
  };

  /** The declaration of the type. */
  public HttpApiResource() {
    super(
        new CrudDeclaration("AWS::ApiGatewayV2::Api", "apigatewayv2", PROPERTIES)
            .create("CreateApi", ONLY_AT_IMPORT)
            .created(
                call ->
                    ResourceState.of(
                        call.answered("/apiId"),
                        "ApiId",
                        call.answered("/apiId"),
                        "ApiEndpoint",
                        call.answered("/apiEndpoint")))
            .addressedBy("apiId")
            .update(HttpApiResource::reimport)
            .updateAll("UpdateApi", ONLY_AT_CREATION)
            .delete("DeleteApi"));
  }

  /** With a document, the document makes the API and the other properties are set after it. */
  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    if (!properties.has("body")) {
      return super.create(calls, names, properties);
    }
    ObjectNode input = calls.input();
    for (String member : ONLY_AT_IMPORT) {
      if (properties.has(member)) {
        input.set(member, properties.get(member));
      }
    }
    var output = calls.call("apigatewayv2", "ImportApi", input);
    String id = output.path("apiId").asText();
    ResourceState created =
        ResourceState.of(id, "ApiId", id, "ApiEndpoint", output.path("apiEndpoint").asText());
    ServiceCalls.finish(
        () -> {
          ObjectNode rest = properties.deepCopy();
          for (String member : ONLY_AT_CREATION) {
            rest.remove(member);
          }
          if (!rest.isEmpty()) {
            calls.call("apigatewayv2", "UpdateApi", rest.put("apiId", id));
          }
        },
        () -> delete(calls, created, properties));
    return created;
  }

  private static void reimport(Change change) {
    if (change.of("body")) {
      ObjectNode input = change.target();
      input.set("body", change.after().path("body"));
      change.calls().call("apigatewayv2", "ReimportApi", input);
    }
  }
}
