// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.resolver.SourceCalls;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The data sources of one GraphQL API. Thread-safe; calls block.
 *
 * @param find the data source of a name; null for an unknown name
 */
public record GraphqlSources(Function<String, @Nullable DataSource> find, SourceServices services)
    implements SourceCalls {
  @Override
  public String type(String dataSource) {
    DataSource source = find.apply(dataSource);
    return source == null ? "" : source.type().name();
  }

  @Override
  public List<SourceResult> call(
      String dataSource, List<JsonNode> documents, RequestContext request) {
    DataSource source = find.apply(dataSource);
    if (source != null && source.type() == DataSource.Type.AWS_LAMBDA) {
      try {
        var read = new ArrayList<DocumentPart>();
        for (JsonNode document : documents) {
          read.add(DocumentPart.of(document));
        }
        return new LambdaSource(services, source, source.functionArn()).call(read);
      } catch (SourceFailure failure) {
        return documents.stream().map(document -> failure.result()).toList();
      }
    }
    var results = new ArrayList<SourceResult>();
    for (JsonNode document : documents) {
      try {
        results.add(SourceResult.of(one(dataSource, source, document, request)));
      } catch (SourceFailure failure) {
        results.add(failure.result());
      }
    }
    return results;
  }

  private JsonNode one(
      String name, @Nullable DataSource source, JsonNode document, RequestContext request)
      throws SourceFailure {
    if (source == null) {
      throw SourceFailure.of("NotFoundException", "No data source found named " + name);
    }
    return switch (source.type()) {
      case NONE -> document.path("payload");
      case AMAZON_DYNAMODB ->
          new DynamoDbSource(services, source).call(DocumentPart.of(document), request);
      case AWS_LAMBDA -> throw new IllegalStateException("functions are called before");
      case AMAZON_EVENTBRIDGE ->
          new EventBridgeSource(services, source).call(DocumentPart.of(document));
      case HTTP -> new HttpSource(services, source).call(DocumentPart.of(document));
      case RELATIONAL_DATABASE,
          AMAZON_OPENSEARCH_SERVICE,
          AMAZON_ELASTICSEARCH,
          AMAZON_BEDROCK_RUNTIME ->
          throw SourceFailure.of(
              "NotImplemented",
              "The simulator does not support data sources of type " + source.type());
    };
  }
}
