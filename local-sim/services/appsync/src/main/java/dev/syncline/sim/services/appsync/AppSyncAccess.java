// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.RoomAccess;

/**
 * The permissions of APIs. Most parts of GraphQL APIs have no resource-level permissions, and
 * refusals then name the path of the call. Source: the service authorization reference, and
 * recorded refusals.
 */
final class AppSyncAccess {
  private static final String ROWS =
      """
      AssociateApi CreateDomainName DeleteDomainName DisassociateApi GetApiAssociation \
      GetDomainName UpdateDomainName                                   | domainnames/{domainName}
      CreateApi CreateApiCache CreateApiKey CreateDataSource CreateFunction CreateGraphqlApi | {path}
      CreateChannelNamespace DeleteChannelNamespace GetChannelNamespace UpdateChannelNamespace \
      | apis/{apiId}/channelNamespace/{name}
      CreateResolver CreateType DeleteApiCache DeleteApiKey DeleteDataSource DeleteFunction | {path}
      DeleteApi GetApi ListChannelNamespaces UpdateApi                 | apis/{apiId}
      DeleteGraphqlApi GetGraphqlApi UpdateGraphqlApi                  | apis/{apiId}
      DeleteResolver DeleteType EvaluateCode EvaluateMappingTemplate FlushApiCache | {path}
      GetApiCache GetDataSource GetFunction GetGraphqlApiEnvironmentVariables | {path}
      GetIntrospectionSchema GetResolver GetSchemaCreationStatus GetType | {path}
      ListApiKeys ListApis ListDataSources ListDomainNames ListFunctions ListGraphqlApis | {path}
      ListResolvers ListResolversByFunction ListTypes                  | {path}
      ListTagsForResource TagResource UntagResource                    | {resourceArn}
      PutGraphqlApiEnvironmentVariables StartSchemaCreation            | {path}
      UpdateApiCache UpdateApiKey UpdateDataSource UpdateFunction UpdateResolver UpdateType | {path}
      """;

  private static final String SOURCES = "CreateDataSource UpdateDataSource";
  private static final String APIS = "CreateGraphqlApi UpdateGraphqlApi";
  private static final String PRINCIPAL = "appsync.amazonaws.com";

  private AppSyncAccess() {}

  static RoomAccess access() {
    return RoomAccess.of(
        AccessTable.of("appsync", ROWS)
            .naming("path", AccessTable::path)
            .passing(SOURCES, "serviceRoleArn", PRINCIPAL)
            .passing(APIS, "logConfig.cloudWatchLogsRoleArn", PRINCIPAL)
            .passing(
                "CreateApi UpdateApi", "eventConfig.logConfig.cloudWatchLogsRoleArn", PRINCIPAL)
            .keyOf(APIS, "appsync:Visibility", "visibility"));
  }
}
