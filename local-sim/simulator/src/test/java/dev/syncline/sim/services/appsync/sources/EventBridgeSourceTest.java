// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventBridgeSourceTest extends SourceFixture {
  @BeforeEach
  void createBus() {
    source(
        "bus",
        DataSource.Type.AMAZON_EVENTBRIDGE,
        "{'eventBridgeConfig':{'eventBusArn':'"
            + whole.simulator.internalCall().arn("events", "event-bus/default")
            + "'}}");
  }

  @Test
  void eventsArePut() {
    JsonNode answer =
        value(
            "bus",
            "{'version':'2018-05-29','operation':'PutEvents','events':[{'source':'com.x',"
                + "'detailType':'made','detail':{'a':1},'resources':['arn:r'],"
                + "'time':'2022-01-10T05:00:10Z'},{'source':'com.x','detailType':'made',"
                + "'detail':{}}]}");
    assertThat(answer.path("FailedEntryCount").asInt()).isZero();
    assertThat(answer.path("Entries")).hasSize(2).allMatch(entry -> entry.hasNonNull("EventId"));
  }

  @Test
  void aDocumentThatIsWrongIsAnErrorOfTheTemplate() {
    assertThat(failure("bus", "{'operation':'PutEvents'}"))
        .isEqualTo("MappingTemplate: Value for field '$[events]' not found.");
    assertThat(failure("bus", "{'operation':'PutEvents','events':[{'source':'s'}]}"))
        .isEqualTo("MappingTemplate: Value for field '$[events][0][detailType]' not found.");
    assertThat(failure("bus", "{'operation':'Publish','events':[]}"))
        .isEqualTo("MappingTemplate: Unsupported operation 'Publish'.");
  }

  @Test
  void anErrorOfTheServiceHasTheNameThatTheSdkGivesIt() {
    assertThat(failure("bus", "{'operation':'PutEvents','events':[]}"))
        .startsWith("EventBridge:EventBridgeException: ");
  }
}
