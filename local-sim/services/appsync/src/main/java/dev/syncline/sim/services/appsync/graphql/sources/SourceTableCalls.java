// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.RequestIds;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.util.Set;

/** Calls operations of DynamoDB for one data source. Thread-safe. */
record SourceTableCalls(SourceServices services, DataSource source) {
  /** The codes for which the Java SDK has a class; a ValidationException has none. */
  static final SourceErrors ERRORS =
      new SourceErrors(
          "DynamoDB",
          "DynamoDb",
          "dynamodb",
          Set.of(
              "ConditionalCheckFailedException",
              "IdempotentParameterMismatchException",
              "InternalServerError",
              "ItemCollectionSizeLimitExceededException",
              "LimitExceededException",
              "ProvisionedThroughputExceededException",
              "ReplicatedWriteConflictException",
              "RequestLimitExceeded",
              "ResourceInUseException",
              "ResourceNotFoundException",
              "TransactionCanceledException",
              "TransactionConflictException",
              "TransactionInProgressException"),
          RequestIds::ofDynamoDb);

  /** An operation that DynamoDB refused. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient AwsException error;
    private final transient CallContext context;

    Refused(AwsException error, CallContext context) {
      super(error);
      this.error = error;
      this.context = context;
    }

    AwsException error() {
      return error;
    }

    CallContext context() {
      return context;
    }

    SourceFailure failure() {
      return ERRORS.failure(error, context);
    }

    /** With {@code ctx.result} beside the error. */
    SourceFailure failure(JsonNode value) {
      return ERRORS.failure(error, context, value, null);
    }
  }

  /** The table of the data source. */
  String table() {
    return source.setting("tableName");
  }

  /** The answer to a request on the data source's table. */
  JsonNode call(String operation, ObjectNode request) throws SourceFailure {
    try {
      return tryCall(operation, request);
    } catch (Refused refused) {
      throw refused.failure();
    }
  }

  /** As {@link #call}; the caller looks at DynamoDB's error. */
  JsonNode tryCall(String operation, ObjectNode request) throws SourceFailure, Refused {
    request.put("TableName", table());
    CallContext context = context();
    String index = request.path("IndexName").asText("");
    require(operation, index.isEmpty() ? table() : table() + "/index/" + index, context);
    return send(operation, request, context);
  }

  /** The answer to a request that names tables itself. */
  JsonNode send(String operation, ObjectNode request, CallContext context) throws Refused {
    try {
      return services.dispatcher().call("dynamodb", operation, request, context).json();
    } catch (AwsException error) {
      throw new Refused(error, context);
    }
  }

  /** The context of one call, in the region of the table. */
  CallContext context() throws SourceFailure {
    CallContext context = services.context(source);
    String region = source.setting("awsRegion");
    if (!region.isEmpty() && !region.equals(context.region())) {
      throw SourceFailure.of(
          "NotImplemented",
          "The simulator has the region "
              + context.region()
              + " only: the data source "
              + source.name()
              + " names the region "
              + region);
    }
    return context;
  }

  /** Refuses an operation that the role does not allow; {@code table} may name an index too. */
  void require(String operation, String table, CallContext context) throws SourceFailure {
    ERRORS.require(services, source, operation, context.arn("dynamodb", "table/" + table), context);
  }
}
