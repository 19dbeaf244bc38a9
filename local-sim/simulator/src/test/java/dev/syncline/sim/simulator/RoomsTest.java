// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private record Named(String id) implements ServiceProvider {
    @Override
    public AwsService create(ServiceContext context) {
      throw new AssertionError("not created");
    }
  }

  @Test
  void everyRoomOfTheClassPathIsFoundInOrderOfItsId() {
    List<String> ids = Rooms.providers().stream().map(ServiceProvider::id).toList();
    assertThat(ids).isSorted().contains("apigateway", "lambda", "s3", "sqs", "states");
  }

  @Test
  void twoRoomsWithOneIdAreRefused() {
    assertThatThrownBy(() -> Rooms.sorted(List.of(new Named("a"), new Named("b"), new Named("a"))))
        .hasMessageContaining("two rooms have the id 'a'")
        .hasMessageContaining("give one of them another id");
  }

  @Test
  void anIdOfAnotherFormIsRefused() {
    assertThatThrownBy(() -> Rooms.sorted(List.of(new Named("Dynamo-DB"))))
        .hasMessageContaining("'Dynamo-DB'")
        .hasMessageContaining("lower-case letters and digits");
  }
}
