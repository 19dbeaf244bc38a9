// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.cloudformation.resources.StackResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The resource types that are supported. Thread-safe. */
public final class ResourceTypes {
  private final Supplier<Collection<ResourceType>> types;
  private volatile @Nullable Map<String, ResourceType> byName;

  /** These types. */
  public ResourceTypes(Collection<ResourceType> types) {
    this(() -> types);
  }

  /** These types, requested at the first use. */
  private ResourceTypes(Supplier<Collection<ResourceType>> types) {
    this.types = types;
  }

  private Map<String, ResourceType> byName() {
    Map<String, ResourceType> known = byName;
    if (known == null) {
      var sorted = new TreeMap<String, ResourceType>();
      types.get().forEach(type -> sorted.put(type.name(), type));
      known = Collections.unmodifiableMap(sorted);
      byName = known;
    }
    return known;
  }

  /** The types of the services that are registered at the first use, and of nested stacks. */
  static ResourceTypes of(Supplier<Collection<AwsService>> services) {
    return new ResourceTypes((Supplier<Collection<ResourceType>>) () -> all(services.get()));
  }

  private static List<ResourceType> all(Collection<AwsService> services) {
    var types = new ArrayList<ResourceType>();
    types.add(new StackResourceType());
    for (AwsService service : services) {
      if (service instanceof ResourceProvider provider) {
        types.addAll(provider.resourceTypes());
      }
    }
    return types;
  }

  /** The type of this name; null if it is not supported. */
  public @Nullable ResourceType find(String name) {
    return byName().get(name);
  }

  /** The names, sorted. */
  public Collection<String> names() {
    return byName().keySet();
  }
}
