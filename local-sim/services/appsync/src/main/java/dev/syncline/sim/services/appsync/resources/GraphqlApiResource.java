// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;
import java.util.List;

/** An AppSync GraphQL API. */
public final class GraphqlApiResource extends CrudResource {
  private static final String SERVICE = "appsync";
  private static final String POOL = "userPoolConfig";
  private static final String REGION = "awsRegion";
  private static final String ENVIRONMENT = "environmentVariables";
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          Name: text, required
          AuthenticationType: text, required
          AdditionalAuthenticationProviders: list of structure
            AuthenticationType: text, required
            LambdaAuthorizerConfig: structure
              AuthorizerResultTtlInSeconds: integer
              AuthorizerUri: text
              IdentityValidationExpression: text
            OpenIDConnectConfig: structure
              AuthTTL: integer
              ClientId: text
              IatTTL: integer
              Issuer: text
            UserPoolConfig: structure
              AppIdClientRegex: text
              AwsRegion: text
              UserPoolId: text
          ApiType: text, fixed
          EnhancedMetricsConfig: structure
            DataSourceLevelMetricsBehavior: text, required
            OperationLevelMetricsConfig: text, required
            ResolverLevelMetricsBehavior: text, required
          EnvironmentVariables: map of text
          IntrospectionConfig: text
          LambdaAuthorizerConfig: structure
            AuthorizerResultTtlInSeconds: integer
            AuthorizerUri: text
            IdentityValidationExpression: text
          LogConfig: structure
            CloudWatchLogsRoleArn: text
            ExcludeVerboseContent: boolean
            FieldLogLevel: text
          MergedApiExecutionRoleArn: text
          OpenIDConnectConfig: structure
            AuthTTL: integer
            ClientId: text
            IatTTL: integer
            Issuer: text
          OwnerContact: text
          QueryDepthLimit: integer
          ResolverCountLimit: integer
          Tags: tag map
          UserPoolConfig: structure
            AppIdClientRegex: text
            AwsRegion: text
            DefaultAction: text
            UserPoolId: text
          Visibility: text, fixed
          XrayEnabled: boolean
          """);

  /** The declaration of the type. */
  public GraphqlApiResource() {
    super(
        new CrudDeclaration("AWS::AppSync::GraphQLApi", SERVICE, PROPERTIES)
            .create("CreateGraphqlApi", ENVIRONMENT)
            .created(GraphqlApiResource::state)
            .addressedByAttribute("apiId", "ApiId")
            .update(GraphqlApiResource::change)
            .tagMap(Tagging.camel(SERVICE))
            .delete("DeleteGraphqlApi"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ResourceState created = super.create(calls, names, withDefaults(calls, properties));
    if (!properties.path(ENVIRONMENT).isEmpty()) {
      ServiceCalls.finish(
          () -> putEnvironment(calls, target(calls, created, properties), properties),
          () -> delete(calls, created, properties));
    }
    return created;
  }

  private static ResourceState state(Created call) {
    String arn = call.answered("/graphqlApi/arn");
    String host = call.answered("/graphqlApi/dns/GRAPHQL");
    String dnsId = host.substring(0, Math.max(0, host.indexOf('.')));
    return ResourceState.of(
        arn,
        "Arn",
        arn,
        "ApiId",
        call.answered("/graphqlApi/apiId"),
        "GraphQLUrl",
        call.answered("/graphqlApi/uris/GRAPHQL"),
        "GraphQLDns",
        host,
        "GraphQLEndpointArn",
        call.calls().arn(SERVICE, "endpoints/graphql-api/" + dnsId),
        "RealtimeUrl",
        call.answered("/graphqlApi/uris/REALTIME"),
        "RealtimeDns",
        call.answered("/graphqlApi/dns/REALTIME"));
  }

  private static void change(Change change) {
    ObjectNode before = change.before().deepCopy();
    ObjectNode input = withDefaults(change.calls(), change.after());
    for (ObjectNode both : new ObjectNode[] {before, input}) {
      both.remove(List.of("tags", ENVIRONMENT, "apiType", "visibility"));
    }
    if (!before.equals(input)) {
      change.calls().call(SERVICE, "UpdateGraphqlApi", input.setAll(change.target()));
    }
    if (change.of(ENVIRONMENT)) {
      putEnvironment(change.calls(), change.target(), change.after());
    }
  }

  private static void putEnvironment(ServiceCalls calls, ObjectNode target, ObjectNode properties) {
    ObjectNode variables = calls.input();
    if (properties.path(ENVIRONMENT) instanceof ObjectNode given) {
      variables.setAll(given);
    }
    target.set(ENVIRONMENT, variables);
    calls.call(SERVICE, "PutGraphqlApiEnvironmentVariables", target);
  }

  /** CloudFormation fills in the region of user pools, and the default action. */
  private static ObjectNode withDefaults(ServiceCalls calls, ObjectNode properties) {
    ObjectNode input = properties.deepCopy();
    if (input.path(POOL) instanceof ObjectNode pool) {
      withRegion(calls, pool);
      if (!pool.has("defaultAction")) {
        pool.put("defaultAction", "ALLOW");
      }
    }
    input
        .path("additionalAuthenticationProviders")
        .forEach(
            provider -> {
              if (provider.path(POOL) instanceof ObjectNode pool) {
                withRegion(calls, pool);
              }
            });
    return input;
  }

  private static void withRegion(ServiceCalls calls, ObjectNode pool) {
    if (!pool.has(REGION)) {
      pool.put(REGION, calls.region());
    }
  }
}
