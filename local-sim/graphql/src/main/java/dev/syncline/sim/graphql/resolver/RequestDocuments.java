// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldError;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks of request documents that do not depend on the data source's contents. Stateless. */
final class RequestDocuments {
  /** The first version of templates. */
  static final String V2017 = "2017-02-28";

  /** The present version of templates. */
  static final String V2018 = "2018-05-29";

  private static final String LAMBDA = "AWS_LAMBDA";
  private static final String DYNAMODB = "AMAZON_DYNAMODB";
  private static final String EVENTBRIDGE = "AMAZON_EVENTBRIDGE";

  private static final Map<String, Set<String>> OPERATIONS_2017 =
      Map.of(
          LAMBDA,
          Set.of("Invoke", "BatchInvoke"),
          DYNAMODB,
          Set.of("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan"),
          EVENTBRIDGE,
          Set.of());

  private static final Map<String, Set<String>> OPERATIONS_2018 =
      Map.of(
          LAMBDA,
          Set.of("Invoke", "BatchInvoke"),
          DYNAMODB,
          Set.of(
              "GetItem",
              "PutItem",
              "UpdateItem",
              "DeleteItem",
              "Query",
              "Scan",
              "Sync",
              "BatchGetItem",
              "BatchPutItem",
              "BatchDeleteItem",
              "TransactGetItems",
              "TransactWriteItems"),
          EVENTBRIDGE,
          Set.of("PutEvents"));

  private RequestDocuments() {}

  /** Whether the rules of the first version hold for the document. */
  static boolean hasRules2017(StepCode code, JsonNode document) {
    return code.isVersioned() && document.path("version").asText().equals(V2017);
  }

  static boolean isBatch(JsonNode document) {
    return document.path("operation").asText().equals("BatchInvoke");
  }

  /**
   * Checks a document before it is carried out.
   *
   * @param type the type of the data source
   * @param function whether it is a function's, which has only the present version
   * @return null if it may be carried out
   */
  static @Nullable FieldError check(
      StepCode code, JsonNode document, String type, boolean function) {
    boolean old = false;
    if (code.isVersioned()) {
      JsonNode version = document.path("version");
      if (version.isMissingNode() || version.isNull()) {
        return missing("version");
      }
      old = version.asText().equals(V2017);
      if ((!old && !version.asText().equals(V2018)) || (old && function)) {
        return failure("Unsupported version '" + version.asText() + "'.");
      }
    } else if (!document.isObject()) {
      return failure("Unable to convert " + document + " to class java.lang.Object.");
    }
    Set<String> operations = (old ? OPERATIONS_2017 : OPERATIONS_2018).get(type);
    if (operations == null) {
      return null;
    }
    JsonNode operation = document.path("operation");
    if (operation.isMissingNode() || operation.isNull()) {
      return missing("operation");
    }
    return operations.contains(operation.asText())
        ? null
        : failure("Unsupported operation '" + operation.asText() + "'.");
  }

  private static FieldError missing(String member) {
    return failure("Value for field '$[" + member + "]' not found.");
  }

  private static FieldError failure(String message) {
    return FieldError.of("MappingTemplate", message);
  }
}
