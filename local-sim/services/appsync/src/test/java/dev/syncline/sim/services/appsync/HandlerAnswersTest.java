// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.events.EventChannel;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.Publication;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlerAnswersTest {
  private static final Publication TWO =
      new Publication(
          new EventChannel("/default/a"),
          List.of(new Publication.Accepted("x", 0, "1"), new Publication.Accepted("y", 1, "2")),
          List.of());

  @ParameterizedTest
  @CsvSource({"successful, 2, 2", "omitted, 1, 0"})
  void eventsThatAHandlerOmitsAreReportedAsConfigured(
      String chosen, int ofOneKept, int ofNoneKept) {
    EventsLimits limits = EventsLimits.AWS.with("filtered-events", chosen);

    var oneKept =
        (Publication) HandlerAnswers.applied(TWO, Simulation.json("[{\"id\":\"y\"}]"), limits);
    var noneKept = (Publication) HandlerAnswers.applied(TWO, NullNode.instance, limits);

    assertThat(oneKept.accepted()).extracting(Publication.Accepted::index).containsExactly(1);
    assertThat(oneKept.reply().path("successful")).hasSize(ofOneKept);
    assertThat(noneKept.accepted()).isEmpty();
    assertThat(noneKept.reply().path("successful")).hasSize(ofNoneKept);
  }
}
