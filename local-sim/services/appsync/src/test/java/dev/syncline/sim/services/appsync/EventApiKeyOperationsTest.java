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

/** Operations on API keys. */
class EventApiKeyOperationsTest extends ControlPlaneFixture {
  @Test
  void aKeyIsValidForSevenDaysDownToTheHour() {
    JsonNode key =
        call("CreateApiKey", "{'apiId':'" + simulation.apiId + "','description':'d'}")
            .path("apiKey");

    assertThat(fields(key)).containsExactlyInAnyOrder("id", "description", "expires", "deletes");
    assertThat(key.path("id").asText()).matches("da2-[a-z0-9]{26}");
    long expires = key.path("expires").asLong();
    assertThat(expires % 3600).isZero();
    assertThat(expires)
        .isBetween(
            START.plus(Duration.ofDays(7)).minusSeconds(3600).getEpochSecond(),
            START.plus(Duration.ofDays(7)).getEpochSecond());
    assertThat(key.path("deletes").asLong() - expires).isEqualTo(60L * 86_400);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 86_399, 365L * 86_400 + 1, Long.MAX_VALUE / 2})
  void aKeyIsValidForOneTo365Days(long secondsFromNow) {
    long expires = START.getEpochSecond() + secondsFromNow;
    AwsException failure =
        simulation.fail(
            "CreateApiKey", "{'apiId':'" + simulation.apiId + "','expires':" + expires + "}");

    assertThat(failure.code()).isEqualTo("ApiKeyValidityOutOfBoundsException");
    assertThat(failure.status()).isEqualTo(400);
  }

  @Test
  void aKeyCanBeProlongedAndEnded() {
    long expires = START.plus(Duration.ofDays(30)).getEpochSecond();
    JsonNode key =
        call(
                "UpdateApiKey",
                "{'apiId':'"
                    + simulation.apiId
                    + "','id':'"
                    + simulation.key
                    + "','expires':"
                    + expires
                    + "}")
            .path("apiKey");
    assertThat(key.path("expires").asLong()).isEqualTo(expires - expires % 3600);

    simulation.clock.advance(Duration.ofDays(10));
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(200);

    call("DeleteApiKey", "{'apiId':'" + simulation.apiId + "','id':'" + simulation.key + "'}");
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(401);
  }

  @Test
  void anExpiredKeyIsListedForSixtyDaysMore() {
    simulation.clock.advance(Duration.ofDays(8));
    assertThat(simulation.publish("/default/a", "1").status()).isEqualTo(401);
    assertThat(call("ListApiKeys", api()).path("apiKeys")).hasSize(1);

    simulation.clock.advance(Duration.ofDays(60));
    assertThat(call("ListApiKeys", api()).path("apiKeys")).isEmpty();
  }
}
