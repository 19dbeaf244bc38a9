// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.services.cloudformation.resources.StackResourceType;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.AwsService;
import java.util.ArrayList;
import dev.syncline.sim.service.resource.ResourceType;
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

  /** The types of these services, and nested stacks. */
  static ResourceTypes of(Collection<AwsService> services) {
    var types = new ArrayList<ResourceType>();
    types.add(new StackResourceType());
    for (AwsService service : services) {
      if (service instanceof ResourceProvider provider) {
        types.addAll(provider.resourceTypes());
      }
    }
    return new ResourceTypes(types);
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
