// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A data source of an API; types that the service does not carry out, it refuses by name. */
public final class DataSourceResource implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.camel(
          member("ApiId", Shape.text()).required().fixed(),
          member("Name", Shape.text()).required().fixed(),
          member("Type", Shape.text()).required(),
          member("Description", Shape.text()),
          member("ServiceRoleArn", Shape.text()),
          member("MetricsConfig", Shape.text()),
          member(
              "LambdaConfig", Struct.camel(member("LambdaFunctionArn", Shape.text()).required())),
          member("EventBridgeConfig", Struct.camel(member("EventBusArn", Shape.text()).required())),
          member("HttpConfig", Struct.camel(member("Endpoint", Shape.text()).required())));

  @Override
  public String name() {
    return "AWS::AppSync::DataSource";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    JsonNode source =
        calls.call("appsync", "CreateDataSource", properties.deepCopy()).path("dataSource");
    String arn = source.path("dataSourceArn").asText();
    return ResourceState.of(arn, "DataSourceArn", arn, "Name", source.path("name").asText());
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    calls.call("appsync", "UpdateDataSource", after.deepCopy());
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = calls.input();
    input.set("apiId", properties.get("apiId"));
    input.set("name", properties.get("name"));
    calls.callUnlessGone("appsync", "DeleteDataSource", input);
  }
}
