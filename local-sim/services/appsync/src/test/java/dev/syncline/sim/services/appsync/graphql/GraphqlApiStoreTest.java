// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.graphql.GraphqlSchemaState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GraphqlApiStoreTest {
  private static final Instant START = Instant.parse("2026-03-01T12:34:56Z");
  private final GraphqlApiStore store = store();
  private final GraphqlApiRecord api = create(store);

  private static GraphqlApiStore store() {
    var clock = new SimClock(new ClockMode.Manual(), START, Duration.ZERO);
    return new GraphqlApiStore(clock, new Ids(7), "111111111111", "us-east-1", 2);
  }

  private static GraphqlApiRecord create(GraphqlApiStore store) {
    var input = new Input(Json.object().put("authenticationType", "API_KEY"));
    return store.create("a", null, Map.of(), GraphqlSettingsReader.read(input));
  }

  private static GraphqlApiRecord processing(GraphqlApiRecord api) {
    return api.withSchema(api.schemaState().with(Status.PROCESSING, ""));
  }

  @Test
  void nothingIsChangedWhileTheSchemaIsCreated() {
    store.update(api.apiId(), GraphqlApiStoreTest::processing);
    assertThatThrownBy(() -> store.change(api.apiId(), before -> before))
        .isInstanceOfSatisfying(
            AwsException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("ConcurrentModificationException");
              assertThat(refused.status()).isEqualTo(409);
              assertThat(refused.text())
                  .isEqualTo(
                      "Schema is currently being altered, please wait until that is complete.");
            });
  }

  @Test
  void aCreationThatWasUnderWayAtTheEndOfAProcessHasFailedInTheNext() {
    store.update(api.apiId(), GraphqlApiStoreTest::processing);
    var saved = new GraphqlApisState(store, new DomainNameStore());
    GraphqlApiStore next = store();
    new GraphqlApisState(next, new DomainNameStore())
        .restore(saved.save(new NoBlobs()), new NoBlobs());
    GraphqlSchemaState state = next.get(api.apiId()).schemaState();
    assertThat(state.status()).isEqualTo(Status.FAILED);
    assertThat(state.details()).contains("Start the creation again");
  }

  @Test
  void listenersHearOfChangesAndDeletions() {
    List<String> heard = new ArrayList<>();
    store.listen(
        new GraphqlApiStore.Listener() {
          @Override
          public void changed(GraphqlApiRecord before, GraphqlApiRecord after) {
            heard.add(before.name() + " " + after.name() + " " + store.get(api.apiId()).name());
          }

          @Override
          public void deleted(GraphqlApiRecord gone) {
            heard.add("gone " + gone.name() + " " + store.find(gone.apiId()).isPresent());
          }
        });
    store.change(api.apiId(), before -> before.withSettings("b", null, before.settings()));
    store.delete(api.apiId());
    assertThat(heard).containsExactly("a b b", "gone b false");
  }

  @Test
  void anApiIsFoundByItsHostsAndKeys() {
    var key = new ApiKey("da2-key", null, START);
    store.update(api.apiId(), before -> before.withKeys(new TreeMap<>(Map.of(key.id(), key))));
    assertThat(store.ofKey("da2-key")).map(GraphqlApiRecord::apiId).contains(api.apiId());
    assertThat(store.atHost(api.httpHost())).isPresent();
    assertThat(store.atHost(api.realtimeHost())).isPresent();
    String dnsId = api.httpHost().substring(0, api.httpHost().indexOf('.'));
    assertThat(store.named(dnsId)).isEqualTo(store.named(api.apiId()));
    store.delete(api.apiId());
    assertThat(store.ofKey("da2-key")).isEmpty();
    assertThat(store.atHost(api.httpHost())).isEmpty();
  }

  @Test
  void thereIsALimitOfApis() {
    create(store);
    assertThatThrownBy(() -> create(store))
        .isInstanceOfSatisfying(
            AwsException.class,
            refused -> assertThat(refused.code()).isEqualTo("ApiLimitExceededException"));
  }
}
