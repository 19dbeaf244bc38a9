// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import dev.syncline.sim.services.appsync.datasource.EventEntries;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An event bus as data source. Thread-safe. */
record EventBridgeSource(SourceServices services, DataSource source) {
  private static final String PUT = "PutEvents";
  private static final Set<String> OF_EVENT =
      Set.of("source", "detailType", "detail", "resources", "time", "traceHeader");
  private static final SourceErrors ERRORS =
      new SourceErrors(
          "EventBridge",
          "EventBridge",
          "events",
          Set.of("InternalException"),
          UnaryOperator.identity());

  /** The result of a document: EventBridge's answer. */
  JsonNode call(DocumentPart document) throws SourceFailure {
    String operation = document.requiredText("operation");
    if (!operation.equals(PUT)) {
      throw DocumentPart.unsupportedOperation(operation);
    }
    document.only(Set.of("version", "operation", "events"));
    for (DocumentPart event : document.list("events")) {
      event.only(OF_EVENT);
      event.requiredText("source");
      event.requiredText("detailType");
    }
    String bus = source.setting("eventBusArn");
    CallContext context = services.context(source);
    ERRORS.require(services, source, PUT, bus, context);
    try {
      return services
          .dispatcher()
          .call("events", PUT, EventEntries.of(document.json().path("events"), bus), context)
          .json();
    } catch (AwsException refused) {
      throw ERRORS.failure(refused, context);
    }
  }
}
