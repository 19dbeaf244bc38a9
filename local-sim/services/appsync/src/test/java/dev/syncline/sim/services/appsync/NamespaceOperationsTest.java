// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static dev.syncline.sim.services.appsync.Simulation.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on channel namespaces. */
class NamespaceOperationsTest extends ControlPlaneFixture {
  @Test
  void aNamespaceHasTheFieldsOfTheServicesModel() {
    JsonNode namespace =
        call(
                "CreateChannelNamespace",
                "{'apiId':'"
                    + simulation.apiId
                    + "','name':'AsyncEvents','publishAuthModes':"
                    + KEY_ONLY
                    + ",'tags':{'k':'v'}}")
            .path("channelNamespace");

    assertThat(namespace)
        .isEqualTo(
            Simulation.json(
                quoted(
                    "{'apiId':'"
                        + simulation.apiId
                        + "','name':'AsyncEvents','publishAuthModes':[{'authType':'API_KEY'}],"
                        + "'tags':{'k':'v'},'channelNamespaceArn':"
                        + "'arn:aws:appsync:us-east-1:111111111111:apis/"
                        + simulation.apiId
                        + "/channelNamespace/AsyncEvents','created':"
                        + START.getEpochSecond()
                        + ",'lastModified':"
                        + START.getEpochSecond()
                        + ",'handlerConfigs':{}}")));
  }

  @Test
  void anUpdateOfANamespaceMovesItsTime() {
    simulation.clock.advance(Duration.ofMinutes(5));
    JsonNode namespace =
        call(
                "UpdateChannelNamespace",
                "{'apiId':'"
                    + simulation.apiId
                    + "','name':'default','subscribeAuthModes':"
                    + KEY_ONLY
                    + "}")
            .path("channelNamespace");

    assertThat(namespace.path("lastModified").asLong() - namespace.path("created").asLong())
        .isEqualTo(300);
    assertThat(namespace.at("/subscribeAuthModes/0/authType").asText()).isEqualTo("API_KEY");
  }

  @Test
  void aNamespaceThatExistsIsAConflict() {
    AwsException failure =
        simulation.fail(
            "CreateChannelNamespace", "{'apiId':'" + simulation.apiId + "','name':'default'}");

    assertThat(failure.code()).isEqualTo("ConflictException");
    assertThat(failure.status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "/a", "a/", "a_b", "-a", "a*", "*", "ä"})
  void aNamespacesNameIsOneSegment(String name) {
    assertThat(
            simulation
                .fail(
                    "CreateChannelNamespace",
                    "{'apiId':'" + simulation.apiId + "','name':'" + name + "'}")
                .text())
        .contains("'name'");
  }
}
