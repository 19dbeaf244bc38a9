// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.cloudformation.resource;

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
            new AppSyncApi(),
            new AppSyncApiKey(),
            new AppSyncChannelNamespace(),
            new AppSyncDataSource(),
            new CloudWatchAlarm(),
            new EventsConnection(),
            new IamManagedPolicy(),
            new IamPolicy(),
            new IamRole(),
            new LambdaAlias(),
            new LambdaEventInvokeConfig(),
            new LambdaEventSourceMapping(),
            new LambdaFunction(),
            new LambdaPermission(),
            new LambdaVersion(),
            new LogGroup(),
            new NestedStack(),
            new RestAccount(),
            new RestApi(),
            new RestApiKey(),
            new RestDeployment(),
            new RestGatewayResponse(),
            new RestMethod(),
            new RestModel(),
            new RestRequestValidator(),
            new RestResource(),
            new RestStage(),
            new RestUsagePlan(),
            new RestUsagePlanKey(),
            new S3Bucket(),
            new Secret(),
            new SqsQueue(),
            new SqsQueuePolicy(),
            new StateMachine(),
            new StateMachineAlias(),
            new StateMachineVersion(),
            new StatesActivity()));
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
