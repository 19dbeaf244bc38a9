// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the on-failure destination of a mapping about records that were given up: queues and topics
 * get a notice, buckets the records too. A delivery that fails is dropped and is in the journal.
 * Source of the shapes: the Lambda developer guide, and recordings of AWS. Thread-safe.
 */
final class FailureDestination {
  /** Services that can be a destination. */
  static final Set<String> SERVICES = Set.of("sqs", "sns", "s3");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final DateTimeFormatter KEY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd/uuuu-MM-dd'T'HH.mm.ss", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final SimClock clock;
  private final Ids ids;
  private final FunctionCalls calls;
  private final MappingEvents events;

  FailureDestination(SimClock clock, Ids ids, FunctionCalls calls, MappingEvents events) {
    this.clock = clock;
    this.ids = ids;
    this.calls = calls;
    this.events = events;
  }

  /** The retries of the records are used up. */
  void exhausted(Mapping mapping, String shardId, LaneBatch.Part part, FunctionCalls.Invoked last) {
    send(mapping, shardId, part, "RetryAttemptsExhausted", part.invocations(), last);
  }

  /** The records are too old. AWS counts the invocation that does not take place. */
  void expired(Mapping mapping, String shardId, LaneBatch.Part part) {
    send(mapping, shardId, part, "RecordAgeExceeded", part.invocations() + 1, null);
  }

  private void send(
      Mapping mapping,
      String shardId,
      LaneBatch.Part part,
      String condition,
      int invocations,
      FunctionCalls.@Nullable Invoked last) {
    events.dropped(mapping, shardId, part, condition);
    String arn =
        mapping.source() instanceof MappingSource.Stream stream ? stream.onFailure() : null;
    if (arn == null) {
      return;
    }
    Instant now = clock.now();
    ObjectNode notice = Json.object();
    notice
        .putObject("requestContext")
        .put("requestId", last == null ? ids.uuid().toString() : last.requestId())
        .put("functionArn", mapping.functionArn())
        .put("condition", condition)
        .put("approximateInvokeCount", invocations);
    if (last != null) {
      notice
          .putObject("responseContext")
          .put("statusCode", 200)
          .put("executedVersion", last.version())
          .put("functionError", last.error());
    }
    notice.put("version", "1.0").put("timestamp", TIME.format(now));
    notice
        .putObject("DDBStreamBatchInfo")
        .put("shardId", shardId)
        .put("startSequenceNumber", part.first().number().toString())
        .put("endSequenceNumber", part.last().number().toString())
        .put("approximateArrivalOfFirstRecord", seconds(part.first().created()))
        .put("approximateArrivalOfLastRecord", seconds(part.last().created()))
        .put("batchSize", part.records().size())
        .put("streamArn", mapping.sourceArn());
    try {
      deliver(arn, notice, mapping, shardId, part, now);
      events.delivered(mapping, arn, "");
    } catch (AwsException refused) {
      events.delivered(mapping, arn, refused.text());
    }
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void deliver(
      String text,
      ObjectNode notice,
      Mapping mapping,
      String shardId,
      LaneBatch.Part part,
      Instant now) {
    Arn arn = Arn.parse(text);
    byte[] none = new byte[0];
    switch (arn.service()) {
      case "s3" -> {
        notice.put("payload", Json.write(LaneRecord.event(part.records())));
        calls.call(
            mapping,
            "s3",
            "PutObject",
            Json.object()
                .put("Bucket", arn.resource())
                .put(
                    "Key",
                    "aws/lambda/"
                        + mapping.uuid()
                        + "/"
                        + shardId
                        + "/"
                        + KEY.format(now)
                        + "-"
                        + ids.uuid()),
            Json.write(notice).getBytes(StandardCharsets.UTF_8));
      }
      case "sns" ->
          calls.call(
              mapping,
              "sns",
              "Publish",
              Json.object().put("TopicArn", text).put("Message", Json.write(notice)),
              none);
      default ->
          calls.call(
              mapping,
              "sqs",
              "SendMessage",
              Json.object()
                  .put(
                      "QueueUrl",
                      "https://sqs."
                          + calls.region()
                          + ".amazonaws.com/"
                          + arn.account()
                          + "/"
                          + arn.resource())
                  .put("MessageBody", Json.write(notice)),
              none);
    }
  }
}
