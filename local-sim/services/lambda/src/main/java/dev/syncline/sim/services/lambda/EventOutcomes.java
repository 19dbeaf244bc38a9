// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.JournalRecord;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.EventInvoker;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends the results of asynchronous invocations to destinations and dead-letter queues. The shape
 * of the record is the Lambda developer guide's "Adding a destination". A delivery that fails is
 * dropped, as the service does, and is in the journal. Thread-safe.
 */
record EventOutcomes(
    SimClock clock,
    Ids ids,
    Journal journal,
    Dispatcher dispatcher,
    FunctionStore store,
    String account,
    String region) {
  private static final Set<String> SERVICES = Set.of("sqs", "sns", "lambda");
  private static final int MAX_ERROR = 1024;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /** Refuses an invalid destination. */
  static void requireDestination(String member, String arn) {
    if (!Arn.isArn(arn)) {
      throw LambdaErrors.invalid("The destination ARN '" + arn + "' of " + member + " is invalid.");
    }
    String service = Arn.parse(arn).service();
    if (!SERVICES.contains(service)) {
      throw LambdaErrors.invalid(
          "The simulator does not support "
              + member
              + " in the service '"
              + service
              + "'; it supports sqs, sns and lambda.");
    }
    if (arn.endsWith(".fifo")) {
      throw LambdaErrors.invalid(
          "The destination ARN '" + arn + "' is invalid: FIFO queues and topics are not allowed.");
    }
  }

  /** Refuses an invalid dead-letter target. */
  static void requireDeadLetterTarget(String arn) {
    requireDestination("DeadLetterConfig", arn);
    if (Arn.parse(arn).service().equals("lambda")) {
      throw LambdaErrors.invalid("DeadLetterConfig takes a queue or a topic, not a function.");
    }
  }

  /** The destinations for an event of the function. */
  EventInvoker.Ending ending(FunctionRef ref, EventConfig config) {
    return (invocation, condition, attempts, version, result) -> {
      boolean success = condition == EventInvoker.Condition.SUCCESS;
      String destination = success ? config.onSuccess() : config.onFailure();
      String deadLetters = success ? null : deadLetterTarget(ref, version);
      if (destination == null && deadLetters == null) {
        return;
      }
      Instant now = clock.now();
      CallPrincipal role = role(ref, version);
      inBackground(
          () -> {
            if (destination != null) {
              send(
                  destination,
                  role,
                  invocation,
                  record(ref, invocation, condition, attempts, version, result, now));
            }
            if (deadLetters != null) {
              sendDeadLetter(deadLetters, role, invocation, result);
            }
          });
    };
  }

  private @Nullable String deadLetterTarget(FunctionRef ref, String version) {
    try {
      return store.with(ref, function -> function.deadLetterTarget(version));
    } catch (AwsException gone) {
      return null;
    }
  }

  /** The role of the version; a function that is gone sends nothing. */
  private CallPrincipal role(FunctionRef ref, String version) {
    try {
      return store.roleSession(ref, version);
    } catch (AwsException gone) {
      return CallPrincipal.ANONYMOUS;
    }
  }

  private void inBackground(Runnable work) {
    ClockActivity handedOver = clock.begin();
    Thread.ofVirtual()
        .name("lambda-destination")
        .start(
            () ->
                clock.run(
                    () -> {
                      handedOver.close();
                      work.run();
                    }));
  }

  private ObjectNode record(
      FunctionRef ref,
      Invocation invocation,
      EventInvoker.Condition condition,
      int attempts,
      String version,
      @Nullable InvocationResult result,
      Instant now) {
    ObjectNode json = Json.object().put("version", "1.0").put("timestamp", TIME.format(now));
    json.putObject("requestContext")
        .put("requestId", invocation.requestId())
        .put(
            "functionArn",
            ref.qualifier() == null
                ? invocation.invokedArn() + ":$LATEST"
                : invocation.invokedArn())
        .put("condition", condition.shown())
        .put("approximateInvokeCount", attempts);
    json.set("requestPayload", json(invocation.payload()));
    if (result != null) {
      ObjectNode response = json.putObject("responseContext");
      response.put("statusCode", 200).put("executedVersion", version);
      if (result.functionError() != null) {
        response.put("functionError", result.functionError());
      }
      json.set("responsePayload", json(result.payload()));
    }
    return json;
  }

  private void send(String arn, CallPrincipal role, Invocation invocation, ObjectNode record) {
    deliver(
        arn,
        invocation,
        () -> {
          switch (Arn.parse(arn).service()) {
            case "lambda" -> {
              ObjectNode input =
                  Json.object().put("FunctionName", arn).put("InvocationType", "Event");
              input.set("Payload", record);
              dispatcher.call("lambda", "Invoke", input, context(role));
            }
            case "sns" ->
                dispatcher.call(
                    "sns",
                    "Publish",
                    Json.object().put("TopicArn", arn).put("Message", Json.write(record)),
                    context(role));
            default ->
                dispatcher.call(
                    "sqs",
                    "SendMessage",
                    queueInput(arn).put("MessageBody", Json.write(record)),
                    context(role));
          }
        });
  }

  /** A dead letter is the event itself, with the error in its attributes. */
  private void sendDeadLetter(
      String arn, CallPrincipal role, Invocation invocation, @Nullable InvocationResult result) {
    deliver(
        arn,
        invocation,
        () -> {
          boolean topic = Arn.parse(arn).service().equals("sns");
          String body = new String(invocation.payload(), StandardCharsets.UTF_8);
          ObjectNode input =
              topic
                  ? Json.object().put("TopicArn", arn).put("Message", body)
                  : queueInput(arn).put("MessageBody", body);
          ObjectNode attributes = input.putObject("MessageAttributes");
          attribute(attributes, "RequestID", "String", invocation.requestId());
          attribute(attributes, "ErrorCode", "Number", "200");
          String error = result == null ? "" : errorMessage(result.payload());
          if (!error.isEmpty()) {
            attribute(attributes, "ErrorMessage", "String", error);
          }
          dispatcher.call(
              topic ? "sns" : "sqs", topic ? "Publish" : "SendMessage", input, context(role));
        });
  }

  private void deliver(String arn, Invocation invocation, Runnable delivery) {
    try {
      delivery.run();
      journal.record(new Delivered(invocation.requestId(), arn, ""));
    } catch (AwsException refused) {
      journal.record(new Delivered(invocation.requestId(), arn, refused.text()));
    }
  }

  private ObjectNode queueInput(String arn) {
    Arn queue = Arn.parse(arn);
    return Json.object()
        .put(
            "QueueUrl",
            "https://sqs." + region + ".amazonaws.com/" + queue.account() + "/" + queue.resource());
  }

  private static void attribute(ObjectNode attributes, String name, String type, String value) {
    attributes.putObject(name).put("DataType", type).put("StringValue", value);
  }

  private static String errorMessage(byte[] payload) {
    String message = json(payload).path("errorMessage").asText("");
    return message.length() <= MAX_ERROR ? message : message.substring(0, MAX_ERROR);
  }

  private static JsonNode json(byte[] payload) {
    try {
      return payload.length == 0 ? Json.object().nullNode() : Json.MAPPER.readTree(payload);
    } catch (IOException notJson) {
      return Json.object().textNode(new String(payload, StandardCharsets.UTF_8));
    }
  }

  private CallContext context(CallPrincipal role) {
    return new CallContext(account, region, ids.uuid().toString(), "", new byte[0]).as(role);
  }

  /**
   * The delivery of a record or dead letter.
   *
   * @param failure why the delivery failed; empty when it succeeded
   */
  record Delivered(String requestId, String destination, String failure) implements JournalRecord {
    @Override
    public String source() {
      return "lambda";
    }

    @Override
    public String type() {
      return failure.isEmpty() ? "lambda.DestinationDelivered" : "lambda.DestinationFailed";
    }

    @Override
    public String correlationId() {
      return requestId;
    }
  }
}
