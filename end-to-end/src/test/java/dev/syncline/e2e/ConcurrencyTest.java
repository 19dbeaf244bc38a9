// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.settings.FunctionExecutor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many requests at once: none lost, none crossed, none twice. */
@Timeout(300)
class ConcurrencyTest {
  private static final int REQUESTS = 200;
  private static final String PROVIDER =
      "arn:aws:lambda:us-east-1:111111111111:capacity-provider:shared";

  @Test
  void oneEnvironmentTakesThemAll() throws Exception {
    try (var deployed = start(FunctionExecutor.PROCESS, 1, 200)) {
      assertEachGetsItsOwn(deployed);
      assertThat(environmentsStarted(deployed)).isEqualTo(1);
    }
  }

  @Test
  void severalEnvironmentsShareThem() throws Exception {
    try (var deployed = start(FunctionExecutor.PROCESS, 4, 64)) {
      assertEachGetsItsOwn(deployed);
      assertThat(environmentsStarted(deployed)).isBetween(2L, 4L);
    }
  }

  @Test
  void severalEnvironmentsInProcessShareThem() throws Exception {
    try (var deployed = start(FunctionExecutor.IN_PROCESS, 4, 64)) {
      assertEachGetsItsOwn(deployed);
    }
  }

  private static Deployed start(FunctionExecutor executor, int environments, int requestsEach)
      throws Exception {
    return Deployed.start(
        Deployed.config().withExecutor(executor, environments),
        Map.of("CapacityProviderArn", PROVIDER, "BridgeMaxConcurrency", "" + requestsEach));
  }

  private static void assertEachGetsItsOwn(Deployed deployed) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      sent.add(deployed.postAsync(Deployed.person("Name" + i, "Surname" + i)));
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      HttpResponse<String> response = sent.get(i).get();
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      var answer = Deployed.json(response);
      assertThat(answer.path("fullName").asText()).isEqualTo("Name" + i + " Surname" + i);
      ids.add(answer.path("id").asText());
    }
    assertThat(ids).hasSize(REQUESTS);
    long executions =
        deployed
            .simulator()
            .journal()
            .select(e -> e.event().type().equals("states.ExecutionStarted"))
            .size();
    assertThat(executions).isEqualTo(REQUESTS);
  }

  /** Of the published version that requests go to; one of $LATEST may have been started ahead. */
  private static long environmentsStarted(Deployed deployed) {
    return deployed
        .simulator()
        .journal()
        .select(
            entry ->
                entry.event().type().equals("lambda.EnvironmentStarted")
                    && !"$LATEST".equals(entry.event().details().get("version")))
        .size();
  }
}
