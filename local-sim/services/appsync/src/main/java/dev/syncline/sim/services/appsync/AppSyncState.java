// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.service.state.ServiceState;

/**
 * Both kinds of API as they are saved. Thread-safe.
 *
 * @param resumed opens the ports of the restored GraphQL APIs
 */
record AppSyncState(ServiceState events, ServiceState graphql, Runnable resumed)
    implements ServiceState {
  private static final String EVENTS = "events";
  private static final String GRAPHQL = "graphql";

  @Override
  public JsonNode save(Blobs blobs) {
    ObjectNode saved = Json.object();
    saved.set(EVENTS, events.save(blobs));
    saved.set(GRAPHQL, graphql.save(blobs));
    return saved;
  }

  /** Also restores a list of Event APIs, as it was saved before there were GraphQL APIs. */
  @Override
  public void restore(JsonNode saved, Blobs blobs) {
    if (saved.isArray()) {
      events.restore(saved, blobs);
      return;
    }
    events.restore(saved.path(EVENTS), blobs);
    graphql.restore(saved.path(GRAPHQL), blobs);
  }

  @Override
  public void resume() {
    resumed.run();
  }
}
