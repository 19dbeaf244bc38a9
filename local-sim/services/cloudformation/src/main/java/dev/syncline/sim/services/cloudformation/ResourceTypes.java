// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.apigateway.resources.AccountResource;
import dev.syncline.sim.services.apigateway.resources.ApiKeyResource;
import dev.syncline.sim.services.apigateway.resources.DeploymentResource;
import dev.syncline.sim.services.apigateway.resources.GatewayResponseResource;
import dev.syncline.sim.services.apigateway.resources.MethodResource;
import dev.syncline.sim.services.apigateway.resources.ModelResource;
import dev.syncline.sim.services.apigateway.resources.PathResource;
import dev.syncline.sim.services.apigateway.resources.RequestValidatorResource;
import dev.syncline.sim.services.apigateway.resources.RestApiResource;
import dev.syncline.sim.services.apigateway.resources.StageResource;
import dev.syncline.sim.services.apigateway.resources.UsagePlanKeyResource;
import dev.syncline.sim.services.apigateway.resources.UsagePlanResource;
import dev.syncline.sim.services.appsync.resources.AppSyncApiKeyResource;
import dev.syncline.sim.services.appsync.resources.AppSyncApiResource;
import dev.syncline.sim.services.appsync.resources.ChannelNamespaceResource;
import dev.syncline.sim.services.appsync.resources.DataSourceResource;
import dev.syncline.sim.services.cloudformation.resources.StackResourceType;
import dev.syncline.sim.services.cloudwatch.resources.AlarmResource;
import dev.syncline.sim.services.eventbridge.resources.ConnectionResource;
import dev.syncline.sim.services.iam.resources.ManagedPolicyResource;
import dev.syncline.sim.services.iam.resources.PolicyResource;
import dev.syncline.sim.services.iam.resources.RoleResource;
import dev.syncline.sim.services.lambda.resources.AliasResource;
import dev.syncline.sim.services.lambda.resources.EventInvokeConfigResource;
import dev.syncline.sim.services.lambda.resources.EventSourceMappingResource;
import dev.syncline.sim.services.lambda.resources.FunctionResource;
import dev.syncline.sim.services.lambda.resources.PermissionResource;
import dev.syncline.sim.services.lambda.resources.VersionResource;
import dev.syncline.sim.services.logs.resources.LogGroupResource;
import dev.syncline.sim.services.s3.resources.BucketResource;
import dev.syncline.sim.services.secretsmanager.resources.SecretResource;
import dev.syncline.sim.services.sqs.resources.QueuePolicyResource;
import dev.syncline.sim.services.sqs.resources.QueueResource;
import dev.syncline.sim.services.stepfunctions.resources.ActivityResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineAliasResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineResource;
import dev.syncline.sim.services.stepfunctions.resources.StateMachineVersionResource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The resource types that are supported. Immutable. */
public final class ResourceTypes {
  private final Map<String, ResourceType> byName;

  private static final Map<String, String> NAME_PROPERTIES =
      Map.ofEntries(
          Map.entry("AWS::CloudWatch::Alarm", "AlarmName"),
          Map.entry("AWS::Events::Connection", "Name"),
          Map.entry("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
          Map.entry("AWS::IAM::Role", "RoleName"),
          Map.entry("AWS::Lambda::Function", "FunctionName"),
          Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
          Map.entry("AWS::S3::Bucket", "BucketName"),
          Map.entry("AWS::SecretsManager::Secret", "Name"),
          Map.entry("AWS::SQS::Queue", "QueueName"),
          Map.entry("AWS::StepFunctions::Activity", "Name"),
          Map.entry("AWS::StepFunctions::StateMachine", "StateMachineName"));

  /** These types. */
  public ResourceTypes(Collection<ResourceType> types) {
    var sorted = new TreeMap<String, ResourceType>();
    types.forEach(type -> sorted.put(type.name(), type));
    this.byName = Collections.unmodifiableMap(sorted);
  }

  /** Every type that the simulator knows. */
  public static ResourceTypes all() {
    return new ResourceTypes(
        List.of(
            new AppSyncApiResource(),
            new AppSyncApiKeyResource(),
            new ChannelNamespaceResource(),
            new DataSourceResource(),
            new AlarmResource(),
            new ConnectionResource(),
            new ManagedPolicyResource(),
            new PolicyResource(),
            new RoleResource(),
            new AliasResource(),
            new EventInvokeConfigResource(),
            new EventSourceMappingResource(),
            new FunctionResource(),
            new PermissionResource(),
            new VersionResource(),
            new LogGroupResource(),
            new StackResourceType(),
            new AccountResource(),
            new RestApiResource(),
            new ApiKeyResource(),
            new DeploymentResource(),
            new GatewayResponseResource(),
            new MethodResource(),
            new ModelResource(),
            new RequestValidatorResource(),
            new PathResource(),
            new StageResource(),
            new UsagePlanResource(),
            new UsagePlanKeyResource(),
            new BucketResource(),
            new SecretResource(),
            new QueueResource(),
            new QueuePolicyResource(),
            new StateMachineResource(),
            new StateMachineAliasResource(),
            new StateMachineVersionResource(),
            new ActivityResource()));
  }

  /** The type of this name, null when it is not supported. */
  public @Nullable ResourceType find(String name) {
    return byName.get(name);
  }

  /**
   * The property by which a template may name a resource of the type. A resource so named is not
   * replaced: its name is taken. Empty when there is none.
   */
  public static Optional<String> nameProperty(String type) {
    return Optional.ofNullable(NAME_PROPERTIES.get(type));
  }

  /** The names, sorted. */
  public Collection<String> names() {
    return byName.keySet();
  }
}
