// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.appsync.graphql.NoBlobs;
import org.junit.jupiter.api.Test;

class AppSyncStateTest {
  private final NoBlobs blobs = new NoBlobs();
  private final Simulation before = new Simulation();
  private final Simulation after = new Simulation();

  @Test
  void aListOfEventApisFromBeforeGraphqlApisIsRestored() {
    before.call("TagResource", "{'resourceArn':'" + arn(before) + "','tags':{'k':'old'}}");
    JsonNode saved = before.service.state().save(blobs);
    after.service.state().restore(saved.path("events"), blobs);
    assertThat(after.call("ListTagsForResource", "{'resourceArn':'" + arn(after) + "'}").toString())
        .contains("old");
  }

  @Test
  void bothKindsOfApiAreRestored() {
    String id =
        before
            .call("CreateGraphqlApi", "{'name':'g','authenticationType':'AWS_IAM'}")
            .at("/graphqlApi/apiId")
            .asText();
    String key = before.createKey(id);
    after.service.state().restore(before.service.state().save(blobs), blobs);
    assertThat(after.call("ListApiKeys", "{'apiId':'" + id + "'}").at("/apiKeys/0/id").asText())
        .isEqualTo(key);
  }

  private static String arn(Simulation simulation) {
    return simulation
        .call("GetApi", "{'apiId':'" + simulation.apiId + "'}")
        .at("/api/apiArn")
        .asText();
  }
}
