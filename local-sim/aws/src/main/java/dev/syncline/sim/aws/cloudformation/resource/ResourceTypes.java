// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.cloudformation.resource;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The resource types that are supported. Immutable. */
public final class ResourceTypes {
  private final Map<String, ResourceType> byName;

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

  /** The names, sorted. */
  public Collection<String> names() {
    return byName.keySet();
  }
}
