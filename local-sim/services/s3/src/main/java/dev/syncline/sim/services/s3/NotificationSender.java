// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.ServiceContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends notifications of changes of objects to the destinations that a bucket names, after the
 * change and on other threads. S3 tries a destination once for each event here; a function that
 * fails is invoked again by Lambda. Source of the records: "Event message structure" in S3's user
 * guide. Thread-safe.
 */
final class NotificationSender implements ObjectListener {
  private static final String REMOVED = "ObjectRemoved:";
  private static final String EXPIRED = "LifecycleExpiration:";
  private static final String LIFECYCLE = "Lifecycle";
  private static final String CREATED = "ObjectCreated:";

  /** The event bus's names, by the first part of S3's. */
  private static final Map<String, String> DETAIL_TYPES =
      Map.of(
          "ObjectCreated", "Object Created",
          "ObjectRemoved", "Object Deleted",
          "LifecycleExpiration", "Object Deleted",
          "LifecycleTransition", "Object Storage Class Changed",
          "ObjectTagging:Put", "Object Tags Added",
          "ObjectTagging:Delete", "Object Tags Deleted",
          "ObjectAcl:Put", "Object ACL Updated");

  private static final Map<String, String> REASONS =
      Map.of(
          "Put", "PutObject",
          "Post", "POST Object",
          "Copy", "CopyObject",
          "CompleteMultipartUpload", "CompleteMultipartUpload");

  private final ServiceContext context;
  private final NotificationTargets targets;
  private final S3Events events;
  private final NotificationLanes lanes;
  private volatile Function<String, BucketSettings> settings = bucket -> new BucketSettings();
  private final AtomicLong sequence = new AtomicLong();

  /** A sender that sends nothing before it is connected. */
  NotificationSender(ServiceContext context, NotificationTargets targets) {
    this.context = context;
    this.targets = targets;
    this.events = new S3Events(context.journal());
    this.lanes = new NotificationLanes(context.clock());
  }

  /** Takes the settings of a bucket from the store, which is created after its listener. */
  void connect(Function<String, BucketSettings> ofBucket) {
    settings = ofBucket;
  }

  @Override
  public void changed(String bucket, String event, S3Object object) {
    Optional<JsonNode> configuration = configuration(bucket);
    if (configuration.isEmpty()) {
      return;
    }
    String requestId = S3Text.requestId(context.ids());
    String sequencer =
        String.format(
            Locale.ROOT,
            "%011X%07X",
            context.clock().millis(),
            sequence.incrementAndGet() & 0xFFFFFFFL);
    JsonNode wanted = configuration.get();
    for (JsonNode one :
        NotificationRules.matching(wanted, NotificationRules.QUEUES, "s3:" + event, object.key())) {
      String queue = one.path("QueueArn").asText();
      ObjectNode message = message(one, bucket, event, object, requestId, sequencer);
      send(
          bucket,
          event,
          queue,
          () -> targets.fault(NotificationRules.QUEUES, queue, bucket),
          () -> targets.toQueue(bucket, queue, message));
    }
    for (JsonNode one :
        NotificationRules.matching(
            wanted, NotificationRules.FUNCTIONS, "s3:" + event, object.key())) {
      String function = one.path("LambdaFunctionArn").asText();
      ObjectNode message = message(one, bucket, event, object, requestId, sequencer);
      send(
          bucket,
          event,
          function,
          () -> targets.fault(NotificationRules.FUNCTIONS, function, bucket),
          () -> targets.toFunction(bucket, function, message));
    }
    if (wanted.has(NotificationRules.EVENT_BRIDGE)) {
      String type =
          DETAIL_TYPES.getOrDefault(event, DETAIL_TYPES.getOrDefault(event.split(":", 2)[0], ""));
      ObjectNode detail = detail(bucket, event, object, requestId, sequencer);
      if (!type.isEmpty()) {
        send(
            bucket,
            event,
            "EventBridge",
            Optional::empty,
            () -> targets.toEventBridge(bucket, type, detail));
      }
    }
  }

  private Optional<JsonNode> configuration(String bucket) {
    try {
      return settings
          .apply(bucket)
          .shared(BucketSetting.NOTIFICATION)
          .filter(configuration -> !configuration.isEmpty());
    } catch (AwsException deletedMeanwhile) {
      return Optional.empty();
    }
  }

  /** Sends in the background, unless the destination's policy has ceased to allow it. */
  private void send(
      String bucket,
      String event,
      String destination,
      Supplier<Optional<String>> fault,
      Runnable sending) {
    boolean accepted =
        lanes.add(
            destination,
            () -> {
              try {
                Optional<String> reason = fault.get();
                if (reason.isPresent()) {
                  events.notNotified(bucket, event, destination, reason.get());
                  return;
                }
                sending.run();
                events.notified(bucket, event, destination);
              } catch (RuntimeException refused) {
                events.notNotified(bucket, event, destination, refused.toString());
              }
            });
    if (!accepted) {
      events.notNotified(bucket, event, destination, "too many notifications wait for it");
    }
  }

  /** Tells a queue that it will be notified. */
  void sendTest(String bucket, String queue) {
    ObjectNode message =
        Json.object()
            .put("Service", "Amazon S3")
            .put("Event", "s3:TestEvent")
            .put("Time", S3Text.time(context.clock().now()))
            .put("Bucket", bucket)
            .put("RequestId", S3Text.requestId(context.ids()))
            .put("HostId", S3Text.hostId(context.ids()));
    send(
        bucket, "TestEvent", queue, Optional::empty, () -> targets.toQueue(bucket, queue, message));
  }

  private ObjectNode message(
      JsonNode configuration,
      String bucket,
      String event,
      S3Object object,
      String requestId,
      String sequencer) {
    ObjectNode message = Json.object();
    boolean classic = event.startsWith(CREATED) || event.startsWith(REMOVED);
    ObjectNode record =
        message
            .putArray("Records")
            .addObject()
            .put("eventVersion", classic ? "2.1" : "2.3")
            .put("eventSource", "aws:s3")
            .put("awsRegion", context.region())
            .put("eventTime", S3Text.time(context.clock().now()))
            .put("eventName", event);
    record
        .putObject("userIdentity")
        .put(
            "principalId",
            event.startsWith(LIFECYCLE) ? "s3.amazonaws.com" : "AWS:" + context.account());
    record.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
    record
        .putObject("responseElements")
        .put("x-amz-request-id", requestId)
        .put("x-amz-id-2", S3Text.hostId(context.ids()));
    ObjectNode s3 =
        record
            .putObject("s3")
            .put("s3SchemaVersion", "1.0")
            .put("configurationId", configuration.path("Id").asText());
    ObjectNode named = s3.putObject("bucket").put("name", bucket);
    named.putObject("ownerIdentity").put("principalId", context.account());
    named.put("arn", "arn:aws:s3:::" + bucket);
    ObjectNode json =
        s3.putObject("object")
            .put(
                "key", URLEncoder.encode(object.key(), StandardCharsets.UTF_8).replace("%2F", "/"));
    if (!isGone(event)) {
      if (!object.marker()) {
        json.put("size", object.size());
      }
      json.put("eTag", object.marker() ? Checksums.hex(Checksums.md5(new byte[0])) : object.etag());
    }
    if (!object.versionId().equals(S3Object.NULL_VERSION)) {
      json.put("versionId", object.versionId());
    }
    json.put("sequencer", sequencer);
    return message;
  }

  /** Whether a version was deleted, not hidden by a delete marker. */
  private static boolean isGone(String event) {
    return List.of(REMOVED + "Delete", EXPIRED + "Delete").contains(event);
  }

  private ObjectNode detail(
      String bucket, String event, S3Object object, String requestId, String sequencer) {
    ObjectNode detail = Json.object().put("version", "0");
    detail.putObject("bucket").put("name", bucket);
    ObjectNode json = detail.putObject("object").put("key", object.key());
    if (!isGone(event) && !object.marker()) {
      json.put("size", object.size()).put("etag", object.etag());
    }
    if (!object.versionId().equals(S3Object.NULL_VERSION)) {
      json.put("version-id", object.versionId());
    }
    json.put("sequencer", sequencer);
    if (event.equals("LifecycleTransition")) {
      detail.put("destination-storage-class", object.storageClass());
    }
    detail
        .put("request-id", requestId)
        .put("requester", event.startsWith(LIFECYCLE) ? "s3.amazonaws.com" : context.account());
    if (!event.startsWith(LIFECYCLE)) {
      detail.put("source-ip-address", "127.0.0.1");
    }
    if (event.startsWith(CREATED)) {
      detail.put("reason", REASONS.getOrDefault(event.substring(CREATED.length()), ""));
    } else if (event.startsWith(REMOVED) || event.startsWith(EXPIRED)) {
      detail
          .put("reason", event.startsWith(EXPIRED) ? "Lifecycle Expiration" : "DeleteObject")
          .put("deletion-type", isGone(event) ? "Permanently Deleted" : "Delete Marker Created");
    }
    return detail;
  }
}
