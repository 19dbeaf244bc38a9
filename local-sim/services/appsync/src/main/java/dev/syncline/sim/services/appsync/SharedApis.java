// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.ApiKey;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlSourceUses;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Event APIs and GraphQL APIs: both have keys and data sources. Thread-safe. */
record SharedApis(ApiStore events, GraphqlApiStore graphql) {
  /**
   * Requires an API of either kind.
   *
   * @throws AwsException when no API has that id
   */
  void require(String apiId) {
    if (!isGraphql(apiId)) {
      events.get(apiId);
    }
  }

  /**
   * The keys of an API.
   *
   * @throws AwsException when no API has that id
   */
  NavigableMap<String, ApiKey> keys(String apiId) {
    return graphql
        .find(apiId)
        .map(GraphqlApiRecord::keys)
        .orElseGet(() -> events.get(apiId).stored().keys());
  }

  /**
   * Replaces the keys of an API by the result of {@code change}.
   *
   * @throws AwsException when no API has that id, or as {@code change} does
   */
  NavigableMap<String, ApiKey> updateKeys(
      String apiId, UnaryOperator<NavigableMap<String, ApiKey>> change) {
    return isGraphql(apiId)
        ? graphql.update(apiId, api -> api.withKeys(change.apply(api.keys()))).keys()
        : events.update(apiId, api -> api.withKeys(change.apply(api.keys()))).keys();
  }

  /**
   * The data sources of an API.
   *
   * @throws AwsException when no API has that id
   */
  NavigableMap<String, DataSource> dataSources(String apiId) {
    return graphql
        .find(apiId)
        .map(GraphqlApiRecord::dataSources)
        .orElseGet(() -> events.get(apiId).stored().dataSources());
  }

  /**
   * Adds or replaces a data source.
   *
   * @param check throws when the sources so far do not allow it
   * @param read makes it, given the ARN of the API and the types that the API takes
   * @throws AwsException when no API has that id, or as the functions do
   */
  DataSource putSource(
      String apiId,
      String name,
      Consumer<NavigableMap<String, DataSource>> check,
      BiFunction<String, Set<DataSource.Type>, DataSource> read) {
    NavigableMap<String, DataSource> changed =
        isGraphql(apiId)
            ? graphql
                .change(
                    apiId,
                    api -> {
                      check.accept(api.dataSources());
                      DataSource source =
                          read.apply(api.arn(), EnumSet.allOf(DataSource.Type.class));
                      GraphqlSourceUses.requireTemplatesFor(api, source);
                      return api.withDataSources(with(api.dataSources(), source));
                    })
                .dataSources()
            : events
                .update(
                    apiId,
                    api -> {
                      check.accept(api.dataSources());
                      DataSource source = read.apply(api.arn(), DataSource.Type.OF_EVENTS);
                      return api.withDataSources(with(api.dataSources(), source));
                    })
                .dataSources();
    return Objects.requireNonNull(changed.get(name));
  }

  /**
   * Deletes a data source.
   *
   * @param check throws when the sources do not allow it
   * @throws AwsException when no API has that id, when the source is used, or as {@code check} does
   */
  void removeSource(String apiId, String name, Consumer<NavigableMap<String, DataSource>> check) {
    if (isGraphql(apiId)) {
      graphql.change(
          apiId,
          api -> {
            check.accept(api.dataSources());
            GraphqlSourceUses.requireUnused(api, name);
            return api.withDataSources(without(api.dataSources(), name));
          });
    } else {
      events.update(
          apiId,
          api -> {
            check.accept(api.dataSources());
            requireUnused(api, name);
            return api.withDataSources(without(api.dataSources(), name));
          });
    }
  }

  private boolean isGraphql(String apiId) {
    return graphql.find(apiId).isPresent();
  }

  private static NavigableMap<String, DataSource> with(
      NavigableMap<String, DataSource> sources, DataSource source) {
    var more = new TreeMap<>(sources);
    more.put(source.name(), source);
    return more;
  }

  private static NavigableMap<String, DataSource> without(
      NavigableMap<String, DataSource> sources, String name) {
    var fewer = new TreeMap<>(sources);
    fewer.remove(name);
    return fewer;
  }

  private static void requireUnused(ApiRecord api, String source) {
    for (NamespaceRecord namespace : api.namespaces().values()) {
      if (namespace.handlers().uses(source)) {
        throw AppSyncErrors.badRequest(
            "Data source "
                + source
                + " is used by the channel namespace "
                + namespace.name()
                + ".");
      }
    }
  }
}
