// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;

/** A data source of an API. The service refuses, by name, the types that it does not support. */
public final class DataSourceResource extends CrudResource {
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

  /** The declaration of the type. */
  public DataSourceResource() {
    super(
        new CrudDeclaration("AWS::AppSync::DataSource", "appsync", PROPERTIES)
            .create("CreateDataSource")
            .created(
                call ->
                    ResourceState.of(
                        call.answered("/dataSource/dataSourceArn"),
                        "DataSourceArn",
                        call.answered("/dataSource/dataSourceArn"),
                        "Name",
                        call.answered("/dataSource/name")))
            .addressedByProperties("apiId", "name")
            .updateAll("UpdateDataSource")
            .delete("DeleteDataSource"));
  }
}
