// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.settings.Wording;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.SerializationFault;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The errors of the service. Names and codes: the service's published model. Messages: recordings
 * of AWS.
 */
final class DynamoDbErrors {
  private static final String ONE_ERROR = "1 validation error detected: ";

  /** What precedes the sentence about a parameter that has the right form and a wrong value. */
  static final String INVALID_PARAMETER = "One or more parameter values were invalid: ";

  /** The operations whose faults in values and expressions have the prefix in the new wording. */
  private static final Set<String> PREFIXED = Set.of("PutItem", "UpdateItem", "DeleteItem");

  /** The operations of the new wording whose faults stand alone (observed in October 2026). */
  private static final Set<String> NOT_PREFIXED = Set.of("GetItem", "BatchGetItem", "Query");

  private DynamoDbErrors() {}

  /** A fault of an engine, in the words of the operation. */
  static AwsException validation(ValidationFault fault, Wording wording, String operation) {
    if (fault.kind() != ValidationFault.Kind.REQUEST || wording != Wording.NEW) {
      return validation(fault.text());
    }
    if (PREFIXED.contains(operation)) {
      return validation(ONE_ERROR + fault.newText());
    }
    return validation(NOT_PREFIXED.contains(operation) ? fault.newText() : fault.text());
  }

  /** A member of a wrong JSON type that an engine found. */
  static AwsException serialization(SerializationFault fault) {
    return serialization(fault.text());
  }

  /** Violated constraints of AWS's published shapes; at least one. */
  static AwsException constraints(List<String> violations) {
    return validation(
        violations.size()
            + (violations.size() == 1 ? " validation error" : " validation errors")
            + " detected: "
            + String.join("; ", violations));
  }

  static AwsException validation(String message) {
    return AwsException.badRequest("ValidationException", message);
  }

  /** {@code One or more parameter values were invalid: } and the sentence. */
  static AwsException invalidParameter(String sentence) {
    return validation(INVALID_PARAMETER + sentence);
  }

  static AwsException unsupportedMember(String path) {
    return validation("The simulator does not support the member '" + path + "'.");
  }

  static AwsException unsupported(String what) {
    return validation("The simulator does not support " + what + ".");
  }

  static AwsException serialization(String message) {
    return AwsException.badRequest("SerializationException", message);
  }

  /** As item operations answer. */
  static AwsException itemTableNotFound() {
    return notFound("Requested resource not found");
  }

  /** As the operations on tables answer. */
  static AwsException tableNotFound(String name) {
    return notFound("Requested resource not found: Table: " + name + " not found");
  }

  /** As the operations on tags answer. */
  static AwsException taggedNotFound(String arn) {
    return notFound("Requested resource not found: ResourcArn: " + arn + " not found");
  }

  /** As the operations on backups answer. */
  static AwsException backedUpTableNotFound(String name) {
    return AwsException.badRequest("TableNotFoundException", "Table not found: " + name);
  }

  static AwsException indexNotFound(String index) {
    return notFound("Requested resource not found: Index: " + index + " not found");
  }

  static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  static AwsException tableExists(String name) {
    return inUse("Table already exists: " + name);
  }

  /** A table that is being created, updated or deleted cannot be changed. */
  static AwsException tableBusy(String name, String state) {
    return inUse(
        "Attempt to change a resource which is still in use: Table is being "
            + state
            + ": "
            + name);
  }

  static AwsException inUse(String message) {
    return AwsException.badRequest("ResourceInUseException", message);
  }

  static AwsException deletionProtected() {
    return validation(
        "Resource cannot be deleted as it is currently protected against deletion. Disable"
            + " deletion protection first.");
  }

  static AwsException limitExceeded(String message) {
    return AwsException.badRequest("LimitExceededException", message);
  }

  static AwsException oneIndexAtATime() {
    return limitExceeded(
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
            + " per table");
  }

  static AwsException accessDenied(String account, String operation, String resource) {
    return AwsException.badRequest(
        "AccessDeniedException",
        "User: arn:aws:iam::"
            + account
            + ":root is not authorized to perform: dynamodb:"
            + operation
            + " on resource: "
            + resource);
  }

  static AwsException throttled() {
    return AwsException.badRequest(
        "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded. Consider"
            + " increasing your provisioning level with the UpdateTable API.");
  }

  static AwsException backupNotFound(String arn) {
    return AwsException.badRequest("BackupNotFoundException", "Backup not found: " + arn);
  }

  static AwsException targetTableExists(String name) {
    return AwsException.badRequest("TableAlreadyExistsException", "Table already exists: " + name);
  }

  static AwsException policyNotFound(String arn) {
    return AwsException.badRequest(
        "PolicyNotFoundException",
        "Resource-based policy not found for the provided ResourceArn: " + arn);
  }

  static AwsException policyRevisionMismatch(String arn) {
    return AwsException.badRequest(
        "PolicyNotFoundException",
        "Resource-based policy not found for the provided ResourceArn: Requested update for policy"
            + " with revision id does not match the current revision of "
            + arn);
  }

  static AwsException pointInTimeRecoveryUnavailable(String table) {
    return AwsException.badRequest(
        "PointInTimeRecoveryUnavailableException",
        "Point in time recovery is not enabled for table '" + table + "'");
  }

  /** An error with further members. */
  static AwsException withMembers(String code, String message, Map<String, Object> members) {
    return new AwsException(code, 400, message, members);
  }

  static final String CONDITION_FAILED = "The conditional request failed";

  /**
   * A condition that does not hold.
   *
   * @param item the item that the caller asked to see; null for none
   */
  static AwsException conditionFailed(@Nullable Item item) {
    return withMembers(
        "ConditionalCheckFailedException",
        CONDITION_FAILED,
        item == null ? Map.of() : Map.of("Item", ValueWriter.writeItem(item)));
  }

  /** PartiQL's INSERT of a key that exists. */
  static AwsException duplicateItem() {
    return AwsException.badRequest(
        "DuplicateItemException", "Duplicate primary key exists in table");
  }

  /** A transaction that changes nothing, with a reason for each of its actions. */
  static AwsException transactionCanceled(List<CancellationReasons.Reason> reasons) {
    return withMembers(
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons "
            + reasons.stream().map(CancellationReasons.Reason::code).toList(),
        Map.of(
            "CancellationReasons",
            reasons.stream().map(CancellationReasons.Reason::json).toList()));
  }

  static AwsException idempotentMismatch() {
    return AwsException.badRequest(
        "IdempotentParameterMismatchException",
        "The request uses the same client token as a previous, but non-identical request.");
  }

  static AwsException transactionInProgress() {
    return AwsException.badRequest(
        "TransactionInProgressException",
        "The transaction with the given request token is already in progress.");
  }
}
