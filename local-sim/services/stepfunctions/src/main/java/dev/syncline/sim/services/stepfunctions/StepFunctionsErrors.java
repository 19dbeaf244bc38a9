// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Diagnostic;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.service.AwsException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every error that Step Functions answers with: code, status and words. Recorded from AWS, then the
 * API reference; words that are ours are marked.
 */
final class StepFunctionsErrors {
  private static final String VALIDATION = "ValidationException";
  private static final String CONFLICT = "ConflictException";
  private static final String QUOTA = "ServiceQuotaExceededException";

  private StepFunctionsErrors() {}

  // --- input ---

  static AwsException validation(String message) {
    return AwsException.badRequest(VALIDATION, message);
  }

  private static AwsException validation(String message, String reason) {
    return new AwsException(VALIDATION, 400, message, Map.of("reason", reason));
  }

  /**
   * A value that breaks a constraint of the service's model.
   *
   * @param value "Value", with the value in quotes where AWS shows it
   * @param rule continues "Member must "
   */
  static AwsException constraint(String value, String member, String rule) {
    return constraints(
        List.of(value + " at '" + member + "' failed to satisfy constraint: Member must " + rule));
  }

  /** All constraints of the model that an input breaks, each as a sentence. */
  static AwsException constraints(List<String> broken) {
    return validation(
        broken.size()
            + (broken.size() == 1 ? " validation error" : " validation errors")
            + " detected: "
            + String.join("; ", broken));
  }

  /** A JSON value that is not of the model's type. */
  static AwsException wrongType(JsonNode value, String type) {
    return AwsException.badRequest(
        "SerializationException",
        switch (value.getNodeType()) {
          case OBJECT -> "Start of structure or map found where not expected.";
          case ARRAY -> "Start of list found where not expected";
          case NUMBER -> "NUMBER_VALUE can not be converted to a " + type;
          case BOOLEAN ->
              (value.asBoolean() ? "TRUE_VALUE" : "FALSE_VALUE")
                  + " can not be converted to a "
                  + type;
          default -> "STRING_VALUE can not be converted to a " + type;
        });
  }

  static AwsException invalidArn(String arn) {
    return AwsException.badRequest("InvalidArn", "Invalid Arn: '" + arn + "'");
  }

  /**
   * A text that is not the ARN of a resource of this type. The words for an ARN of another type are
   * recorded; the words for other texts are known from use.
   */
  static AwsException invalidArn(String arn, String type) {
    String[] parts = arn.split(":", 7);
    if (!parts[0].equals("arn")) {
      return invalidArn("Invalid ARN prefix: " + arn);
    }
    boolean other = parts.length > 5 && parts[2].equals("states") && !parts[5].equals(type);
    return invalidArn(other ? "Resource type not valid in this context: " + parts[5] : arn);
  }

  static AwsException invalidRoleArn(String arn) {
    return AwsException.badRequest("InvalidArn", "Invalid Role Arn: '" + arn + "'");
  }

  /** The operation takes no ARN of a distributed Map. Documented; the words are ours. */
  static AwsException labeledArn(String arn) {
    return validation(
        "The operation does not support the ARN of a Map state: '" + arn + "'",
        "API_DOES_NOT_SUPPORT_LABELED_ARNS");
  }

  static AwsException invalidName(String name) {
    return AwsException.badRequest("InvalidName", "Invalid Name: '" + name + "'");
  }

  /** A page token or a task token that the service did not give. */
  static AwsException invalidToken() {
    return AwsException.badRequest("InvalidToken", "Invalid Token: 'Invalid token'");
  }

  static AwsException systemTag() {
    return AwsException.badRequest(
        "AccessDeniedException", "Caller is an end user and not allowed to mutate system tags");
  }

  static AwsException tooManyTags(int max) {
    return AwsException.badRequest(
        "TooManyTags", "A resource cannot have more than " + max + " tags.");
  }

  static AwsException resourceNotFound(String arn) {
    return AwsException.badRequest("ResourceNotFound", "Resource not found: '" + arn + "'");
  }

  // --- state machines ---

  static AwsException invalidDefinition(String message) {
    return AwsException.badRequest("InvalidDefinition", message);
  }

  static AwsException invalidDefinition(List<Diagnostic> errors) {
    return invalidDefinition(
        "Invalid State Machine Definition: '"
            + errors.stream().map(Diagnostic::toString).collect(Collectors.joining(", "))
            + "'");
  }

  static AwsException machineMissing(String arn) {
    return about("StateMachineDoesNotExist", "State Machine Does Not Exist", arn);
  }

  static AwsException machineExists(String arn) {
    return about("StateMachineAlreadyExists", "State Machine Already Exists", arn);
  }

  static AwsException machineExistsWithOtherDescription() {
    return AwsException.badRequest(
        "StateMachineAlreadyExists",
        "State Machine Already Exists: This state machine was already created with a published"
            + " version using a different description.");
  }

  static AwsException machineDeleting(String arn) {
    return about("StateMachineDeleting", "State Machine is being deleted", arn);
  }

  static AwsException roleNotAssumable() {
    return AwsException.badRequest(
        "AccessDeniedException",
        "Neither the global service principal states.amazonaws.com, nor the regional one is"
            + " authorized to assume the provided role.");
  }

  static AwsException noManagedRule(String roleArn) {
    return AwsException.badRequest(
        "AccessDeniedException", "'" + roleArn + "' is not authorized to create managed-rule.");
  }

  static AwsException noLogDelivery() {
    return AwsException.badRequest(
        "AccessDeniedException",
        "The state machine IAM Role is not authorized to access the Log Destination");
  }

  static AwsException nothingToUpdate() {
    return AwsException.badRequest(
        "MissingRequiredParameter",
        "Either the definition, the role ARN, the LoggingConfiguration, or the"
            + " TracingConfiguration must be specified");
  }

  static AwsException typeNotSupported() {
    return AwsException.badRequest(
        "StateMachineTypeNotSupported",
        "This operation is not supported by this type of state machine");
  }

  static AwsException logDestinations() {
    return AwsException.badRequest(
        "InvalidLoggingConfiguration",
        "Invalid Logging Configuration: Must specify exactly one Log Destination.");
  }

  static AwsException encryptionKey() {
    return AwsException.badRequest(
        "InvalidEncryptionConfiguration",
        "Invalid Encryption Configuration: 'kmsKeyId' must be given for CUSTOMER_MANAGED_KMS_KEY"
            + " and for it only.");
  }

  // --- versions and aliases ---

  static AwsException versionMissing(String arn) {
    return about("StateMachineDoesNotExist", "State Machine Version Does Not Exist", arn);
  }

  static AwsException otherRevision(String wanted, @Nullable String present) {
    return AwsException.badRequest(
        CONFLICT,
        "Failed to publish the State Machine version for revision "
            + wanted
            + ". The current State Machine revision is "
            + present
            + ".");
  }

  static AwsException versionInUse(List<String> aliases) {
    return AwsException.badRequest(
        CONFLICT,
        "Version to be deleted must not be referenced by an alias. Current list of aliases"
            + " referencing this version: "
            + aliases);
  }

  static AwsException tooManyVersions(int max) {
    return AwsException.badRequest(
        QUOTA, "The state machine has " + max + " versions, which is the most.");
  }

  static AwsException aliasMissing() {
    return AwsException.badRequest(
        "ResourceNotFound", "Request references a resource that does not exist.");
  }

  static AwsException aliasExists() {
    return AwsException.badRequest(
        CONFLICT,
        "Failed to create alias because an alias with the same name and a different"
            + " routing configuration already exists.");
  }

  static AwsException tooManyAliases(int max) {
    return AwsException.badRequest(
        QUOTA, "The state machine has " + max + " aliases, which is the most.");
  }

  static AwsException routing(String message) {
    return validation(message, "INVALID_ROUTING_CONFIGURATION");
  }

  // --- executions and Map Runs ---

  static AwsException invalidInput(String reason) {
    return about("InvalidExecutionInput", "Invalid State Machine Execution Input", reason);
  }

  static AwsException executionMissing(String arn) {
    return about("ExecutionDoesNotExist", "Execution Does Not Exist", arn);
  }

  static AwsException executionExists(String arn) {
    return about("ExecutionAlreadyExists", "Execution Already Exists", arn);
  }

  static AwsException notRedrivable(String reason) {
    return AwsException.badRequest("ExecutionNotRedrivable", reason);
  }

  static AwsException mapRunCompleted(ExecutionStatus status) {
    return validation(
        "Map Run is " + status + " and cannot be updated", "CANNOT_UPDATE_COMPLETED_MAP_RUN");
  }

  // --- activities and task tokens ---

  static AwsException activityMissing(String arn) {
    return about("ActivityDoesNotExist", "Activity Does Not Exist", arn);
  }

  static AwsException activityExists(String arn) {
    return about("ActivityAlreadyExists", "Activity Already Exists", arn);
  }

  static AwsException tooManyWorkers(String activityArn) {
    return about("ActivityWorkerLimitExceeded", "Activity Worker Limit Exceeded", activityArn);
  }

  /** The token's task has ended. The words are known from use. */
  static AwsException taskTimedOut() {
    return AwsException.badRequest(
        "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }

  static AwsException invalidOutput(@Nullable String reason) {
    return AwsException.badRequest("InvalidOutput", "Invalid Output: '" + reason + "'");
  }

  private static AwsException about(String code, String words, String subject) {
    return AwsException.badRequest(code, words + ": '" + subject + "'");
  }
}
