// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldError;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.resolver.SourceCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the documents for data sources and their results into the journal. Thread-safe. */
record ObservedSources(String apiId, SourceCalls sources, GraphqlRuns runs) implements SourceCalls {
  @Override
  public String type(String dataSource) {
    return sources.type(dataSource);
  }

  @Override
  public List<SourceResult> call(
      String dataSource, List<JsonNode> documents, RequestContext request) {
    List<String> sent = documents.stream().map(GraphqlTexts::shown).toList();
    List<SourceResult> results = sources.call(dataSource, documents, request);
    for (int i = 0; i < results.size() && i < sent.size(); i++) {
      String document = sent.get(i);
      SourceResult result = results.get(i);
      runs.record(
          request.requestId(),
          () ->
              new GraphqlJournal.ResolverCalled(
                  apiId,
                  request.requestId(),
                  dataSource,
                  document,
                  GraphqlTexts.shown(result.value()),
                  error(result.error())));
    }
    return results;
  }

  private static String error(@Nullable FieldError error) {
    return error == null ? "" : error.errorType() + ": " + error.message();
  }
}
