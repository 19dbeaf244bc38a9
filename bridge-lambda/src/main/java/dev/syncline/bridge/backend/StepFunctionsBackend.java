// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/**
 * Work as an execution of a Standard state machine, whose name is the correlation id. That makes a
 * start idempotent: Step Functions returns the same result for a repeated start while the execution
 * runs, and {@code ExecutionAlreadyExists} otherwise (API reference, StartExecution). Names are
 * kept for 90 days.
 *
 * <p>An execution's output is the reply envelope; any other output is the result itself.
 *
 * <p>Thread-safe. Closes the client.
 *
 * @param stateMachineArn of a Standard state machine, optionally with a version or an alias
 * @param executionArnPrefix what stands before the name in the ARN of its executions
 * @param findTimeout how long one call that describes an execution may take
 */
record StepFunctionsBackend(
    SfnClient client, String stateMachineArn, String executionArnPrefix, Duration findTimeout)
    implements Backend {
  private static final JsonFactory JSON = new JsonFactory();

  StepFunctionsBackend(SfnClient client, String stateMachineArn, Duration findTimeout) {
    this(client, stateMachineArn, executionArnPrefix(stateMachineArn), findTimeout);
  }

  @Override
  public StartResult start(WorkRequest request) {
    try {
      client.startExecution(
          start ->
              start
                  .stateMachineArn(stateMachineArn)
                  .name(request.id().value())
                  .input(request.toJson()));
      return new StartResult.Started();
    } catch (ExecutionAlreadyExistsException e) {
      return join(request);
    } catch (SdkException e) {
      return SdkErrors.start(e);
    }
  }

  /** Execution names are unique, so a repeat starts nothing. */
  @Override
  public boolean repeatable(WorkRequest request) {
    return true;
  }

  @Override
  public FindResult find(CorrelationId id) {
    try {
      return outcome(describe(id))
          .<FindResult>map(FindResult.Finished::new)
          .orElseGet(FindResult.Running::new);
    } catch (ExecutionDoesNotExistException e) {
      return new FindResult.NotFound();
    } catch (SdkException e) {
      return new FindResult.Unavailable(SdkErrors.describe(e));
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private StartResult join(WorkRequest request) {
    DescribeExecutionResponse existing;
    try {
      existing = describe(request.id());
    } catch (SdkException e) {
      // The execution exists, but its state is unknown: a repeated start describes it again.
      return new StartResult.Unconfirmed("BackendUnreachable", SdkErrors.describe(e));
    }
    Input input = Input.parse(existing.input());
    if (!request.event().equals(input.event)) {
      return new StartResult.OtherEvent();
    }
    return outcome(existing)
        .<StartResult>map(StartResult.Finished::new)
        .orElseGet(() -> new StartResult.Joined(input.replyTo));
  }

  private DescribeExecutionResponse describe(CorrelationId id) {
    return client.describeExecution(
        describe ->
            describe
                .executionArn(executionArnPrefix + id.value())
                .overrideConfiguration(override -> override.apiCallTimeout(findTimeout)));
  }

  private Optional<WorkOutcome> outcome(DescribeExecutionResponse execution) {
    return switch (execution.status()) {
      case SUCCEEDED -> Optional.of(result(execution));
      case FAILED ->
          Optional.of(
              ExecutionOutcomes.failure(execution.error(), execution.cause(), "States.TaskFailed"));
      case TIMED_OUT ->
          Optional.of(
              ExecutionOutcomes.failure(execution.error(), execution.cause(), "States.Timeout"));
      case ABORTED ->
          Optional.of(
              ExecutionOutcomes.failure(execution.error(), execution.cause(), "ExecutionAborted"));
      default -> Optional.empty();
    };
  }

  private WorkOutcome result(DescribeExecutionResponse execution) {
    String output = execution.output();
    if (WorkflowPublication.isHttpAnswer(output)) {
      Optional<String> published =
          WorkflowPublication.event(client, execution.executionArn(), findTimeout);
      if (published.isPresent()) {
        return ExecutionOutcomes.result(published.get());
      }
    }
    return ExecutionOutcomes.result(output);
  }

  private static String executionArnPrefix(String stateMachineArn) {
    // arn:partition:states:region:account:stateMachine:name[:version or alias]
    String[] parts = stateMachineArn.split(":");
    if (parts.length < 7 || !parts[2].equals("states") || !parts[5].equals("stateMachine")) {
      throw new IllegalArgumentException(
          "STATE_MACHINE_ARN must be the ARN of a state machine, but is \""
              + stateMachineArn
              + "\"");
    }
    return String.join(":", parts[0], parts[1], parts[2], parts[3], parts[4])
        + ":execution:"
        + parts[6]
        + ":";
  }

  /** The members of an existing execution's input that identify the work. */
  private record Input(@Nullable String event, String replyTo) {

    static Input parse(@Nullable String text) {
      String event = null;
      String replyTo = "";
      try (JsonParser parser = JSON.createParser(text == null ? "" : text)) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
          if (string && name.equals("event")) {
            event = parser.getText();
          } else if (string && name.equals("replyTo")) {
            replyTo = parser.getText();
          } else {
            parser.skipChildren();
          }
        }
      } catch (IOException e) {
        return new Input(null, "");
      }
      return new Input(event, replyTo);
    }
  }
}
