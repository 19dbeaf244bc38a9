// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.servicetests.FakeRoom;
import java.util.List;

/** A room whose one resource type, {@code AWS::Logs::LogGroup}, is only ever planned. */
final class FakeTypes extends FakeRoom implements ResourceProvider {
  FakeTypes() {
    super("logs", new Protocol.RestJson());
  }

  @Override
  public List<Operation> operations() {
    return List.of();
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new Planned());
  }

  private static final class Planned implements ResourceType {
    @Override
    public String name() {
      return "AWS::Logs::LogGroup";
    }

    @Override
    public Struct properties() {
      return Struct.of();
    }

    @Override
    public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
      throw new UnsupportedOperationException("only planned");
    }

    @Override
    public ResourceState update(
        ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
      throw new UnsupportedOperationException("only planned");
    }

    @Override
    public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
      throw new UnsupportedOperationException("only planned");
    }
  }
}
