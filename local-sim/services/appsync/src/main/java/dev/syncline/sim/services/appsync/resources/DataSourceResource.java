// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.Struct;

/** A data source of an API. The service refuses, by name, the types that it does not support. */
public final class DataSourceResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          ApiId: text, required, fixed
          Name: text, required, fixed
          Type: text, required
          Description: text
          ServiceRoleArn: text
          MetricsConfig: text
          LambdaConfig: structure
            LambdaFunctionArn: text, required
          EventBridgeConfig: structure
            EventBusArn: text, required
          HttpConfig: structure
            Endpoint: text, required
            AuthorizationConfig: structure
              AuthorizationType: text, required
              AwsIamConfig: structure
                SigningRegion: text
                SigningServiceName: text
          DynamoDBConfig: structure, as dynamodbConfig
            AwsRegion: text, required
            TableName: text, required
            UseCallerCredentials: boolean
            Versioned: boolean
            DeltaSyncConfig: structure
              BaseTableTTL: text, required
              DeltaSyncTableName: text, required
              DeltaSyncTableTTL: text, required
          ElasticsearchConfig: structure
            AwsRegion: text, required
            Endpoint: text, required
          OpenSearchServiceConfig: structure
            AwsRegion: text, required
            Endpoint: text, required
          RelationalDatabaseConfig: structure
            RelationalDatabaseSourceType: text, required
            RdsHttpEndpointConfig: structure
              AwsRegion: text, required
              AwsSecretStoreArn: text, required
              DatabaseName: text
              DbClusterIdentifier: text, required
              Schema: text
          """);

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
