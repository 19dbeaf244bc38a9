// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.iam.AuthorizationData;
import dev.syncline.sim.service.AccessTable;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The actions in the rooms' tables are those of AWS's service authorization reference. */
class ActionNamesTest {
  @TempDir private Path directory = Path.of(".");

  @Test
  void everyActionIsInTheReference() throws Exception {
    var unknown = new TreeSet<String>();
    int known = 0;
    try (Simulator simulator =
        Simulator.start(SimulatorConfig.defaults(directory).withPort(0, -1))) {
      for (AwsService service : simulator.dispatcher().services()) {
        Optional<AccessTable> table = service.access().map(access -> access.table());
        for (Operation operation : service.operations()) {
          // AccessChecksTest finds rooms without a table.
          for (String action : table.map(rows -> rows.actions(operation.name())).orElse(Set.of())) {
            if (AuthorizationData.action(action).filter(a -> a.name().equals(action)).isPresent()) {
              known++;
            } else {
              unknown.add(action);
            }
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(known).isGreaterThan(500);
  }
}
