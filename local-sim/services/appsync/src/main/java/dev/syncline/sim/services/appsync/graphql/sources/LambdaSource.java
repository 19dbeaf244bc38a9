// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.syncline.sim.graphql.resolver.SourceCalls.SourceResult;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.auth.FunctionCall;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A function, called for a data source. Thread-safe.
 *
 * @param function an ARN
 */
record LambdaSource(SourceServices services, DataSource source, String function) {
  /** The maximum answer of a function, in bytes. */
  private static final int MAX_ANSWER = 6 * 1024 * 1024;

  private static final String INVOKE = "Invoke";
  private static final String BATCH = "BatchInvoke";
  private static final String ILLEGAL = "Lambda:IllegalArgument";
  private static final Set<String> MEMBERS =
      Set.of("version", "operation", "payload", "invocationType");
  private static final SourceErrors ERRORS =
      new SourceErrors(
          "Lambda",
          "Lambda",
          "lambda",
          Set.of(
              "InvalidRequestContentException",
              "InvalidRuntimeException",
              "RequestTooLargeException",
              "ResourceConflictException",
              "ResourceNotFoundException",
              "ResourceNotReadyException",
              "ServiceException",
              "TooManyRequestsException",
              "UnsupportedMediaTypeException"),
          UnaryOperator.identity());

  /** The results of documents of one resolver, in their order. */
  List<SourceResult> call(List<DocumentPart> documents) {
    try {
      if (documents.get(0).requiredText("operation").equals(BATCH)) {
        return batch(documents);
      }
    } catch (SourceFailure failure) {
      return Collections.nCopies(documents.size(), failure.result());
    }
    var results = new ArrayList<SourceResult>();
    for (DocumentPart document : documents) {
      try {
        results.add(SourceResult.of(invoke(document)));
      } catch (SourceFailure failure) {
        results.add(failure.result());
      }
    }
    return results;
  }

  private JsonNode invoke(DocumentPart document) throws SourceFailure {
    document.only(MEMBERS);
    String operation = document.requiredText("operation");
    if (!operation.equals(INVOKE)) {
      throw DocumentPart.unsupportedOperation(operation);
    }
    boolean wait = waits(document);
    return answer(document.json().path("payload"), wait);
  }

  private static boolean waits(DocumentPart document) throws SourceFailure {
    String type = document.text("invocationType");
    if (type == null || type.equals("RequestResponse")) {
      return true;
    }
    if (type.equals("Event")) {
      return false;
    }
    throw document.wrong("invocationType", "RequestResponse or Event");
  }

  private List<SourceResult> batch(List<DocumentPart> documents) throws SourceFailure {
    ArrayNode payloads = Json.array();
    for (DocumentPart document : documents) {
      document.only(MEMBERS);
      if (!waits(document)) {
        throw SourceFailure.template(
            "The invocation type Event is for the operation Invoke, not for BatchInvoke.");
      }
      JsonNode payload = document.json().path("payload");
      payloads.add(payload.isMissingNode() ? NullNode.instance : payload);
    }
    JsonNode answer = answer(payloads, true);
    if (!answer.isArray()) {
      throw SourceFailure.of(
          ILLEGAL,
          "The function must return a list to BatchInvoke, with an entry for each request.");
    }
    if (answer.size() != documents.size()) {
      throw SourceFailure.of(
          ILLEGAL,
          "The function must return a list of "
              + documents.size()
              + " entries to BatchInvoke, and returned "
              + answer.size()
              + ".");
    }
    var results = new ArrayList<SourceResult>();
    answer.forEach(one -> results.add(SourceResult.of(one)));
    return results;
  }

  /** What the function answers to an event; a null node without waiting. */
  JsonNode answer(JsonNode payload, boolean wait) throws SourceFailure {
    CallContext context = services.context(source);
    ERRORS.require(services, source, "InvokeFunction", function, context);
    FunctionCall.Answer answered =
        wait
            ? services.functions().call(function, payload, context.caller())
            : services.functions().send(function, payload, context.caller());
    AwsException refusal = answered.refusal();
    if (refusal != null) {
      throw ERRORS.failure(refusal, context);
    }
    if (answered.end() == FunctionCall.End.LATE) {
      throw SourceFailure.of("Lambda:ExecutionTimeoutException", "Execution timed out.");
    }
    if (answered.end() == FunctionCall.End.BROKEN) {
      throw SourceFailure.of("Lambda:Unhandled", String.valueOf(answered.error()));
    }
    if (!wait) {
      return NullNode.instance;
    }
    if (answered.payload().length > MAX_ANSWER) {
      throw SourceFailure.of(ILLEGAL, "The function returned more than " + MAX_ANSWER + " bytes.");
    }
    JsonNode value = parsed(answered.payload());
    if (answered.error() != null) {
      throw SourceFailure.of(
          "Lambda:Unhandled", value.path("errorMessage").asText(answered.error()));
    }
    return value;
  }

  private static JsonNode parsed(byte[] payload) throws SourceFailure {
    if (payload.length == 0) {
      return NullNode.instance;
    }
    try {
      return Json.MAPPER.readTree(payload);
    } catch (IOException malformed) {
      throw SourceFailure.of(ILLEGAL, "The function returned a response that is not JSON.");
    }
  }
}
