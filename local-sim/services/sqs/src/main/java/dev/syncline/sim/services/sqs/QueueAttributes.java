// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a queue, checked. Names, ranges and defaults: the service's published model.
 * Immutable.
 */
final class QueueAttributes {
  static final String FIFO_QUEUE = "FifoQueue";
  private static final String CONTENT_BASED = "ContentBasedDeduplication";
  private static final String SCOPE = "DeduplicationScope";
  private static final String THROUGHPUT = "FifoThroughputLimit";
  private static final String KMS_KEY = "KmsMasterKeyId";
  private static final String MANAGED_SSE = "SqsManagedSseEnabled";

  private record Range(int min, int max) {}

  private static final Map<String, Range> NUMBERS =
      Map.of(
          "DelaySeconds", new Range(0, 900),
          "MaximumMessageSize", new Range(1024, 1_048_576),
          "MessageRetentionPeriod", new Range(60, 1_209_600),
          "ReceiveMessageWaitTimeSeconds", new Range(0, 20),
          "VisibilityTimeout", new Range(0, 43_200),
          "KmsDataKeyReusePeriodSeconds", new Range(60, 86_400));

  /** The default settings, which {@code All} shows too. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "DelaySeconds",
          "0",
          "MaximumMessageSize",
          "1048576",
          "MessageRetentionPeriod",
          "345600",
          "ReceiveMessageWaitTimeSeconds",
          "0",
          "VisibilityTimeout",
          "30",
          MANAGED_SSE,
          "true");

  private static final Map<String, String> FIFO_DEFAULTS =
      Map.of(CONTENT_BASED, "false", SCOPE, "queue", THROUGHPUT, "perQueue");

  private final boolean fifo;
  private final TreeMap<String, String> given;
  private final @Nullable RedrivePolicy redrive;

  private QueueAttributes(boolean fifo, TreeMap<String, String> given) {
    this.fifo = fifo;
    this.given = given;
    String policy = given.get(RedrivePolicy.NAME);
    this.redrive = policy == null ? null : RedrivePolicy.parse(policy);
  }

  /** The settings of a new queue; {@code FifoQueue} is no part of them. */
  static QueueAttributes of(boolean fifo, Map<String, String> given) {
    return new QueueAttributes(fifo, new TreeMap<>()).with(given);
  }

  /** These settings with some changed; an empty value resets a setting to its default. */
  QueueAttributes with(Map<String, String> changes) {
    var changed = new TreeMap<>(given);
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            requireKnown(name);
            changed.remove(name);
          } else {
            changed.put(name, checked(name, value));
          }
        });
    if ("perMessageGroupId".equals(changed.get(THROUGHPUT))
        && !"messageGroup".equals(changed.get(SCOPE))) {
      throw SqsErrors.invalidValue(
          "The perMessageGroupId value of FifoThroughputLimit is allowed only when"
              + " DeduplicationScope is messageGroup.");
    }
    if (!changes.getOrDefault(KMS_KEY, "").isEmpty()) {
      changed.put(MANAGED_SSE, "false");
    } else if ("true".equals(changes.get(MANAGED_SSE))) {
      changed.remove(KMS_KEY);
    }
    return new QueueAttributes(fifo, changed);
  }

  /** Every setting, with defaults. */
  Map<String, String> all() {
    var all = new LinkedHashMap<>(DEFAULTS);
    if (fifo) {
      all.putAll(FIFO_DEFAULTS);
      all.put(FIFO_QUEUE, "true");
    }
    all.putAll(given);
    return all;
  }

  /** The settings that a caller gave, without {@code FifoQueue}. */
  Map<String, String> given() {
    return Collections.unmodifiableMap(given);
  }

  boolean fifo() {
    return fifo;
  }

  @Nullable RedrivePolicy redrive() {
    return redrive;
  }

  @Nullable RedriveAllowPolicy redriveAllow() {
    String policy = given.get(RedriveAllowPolicy.NAME);
    return policy == null ? null : RedriveAllowPolicy.parse(policy);
  }

  String policy() {
    return given.getOrDefault("Policy", "");
  }

  Duration delay() {
    return seconds("DelaySeconds");
  }

  Duration visibility() {
    return seconds("VisibilityTimeout");
  }

  Duration retention() {
    return seconds("MessageRetentionPeriod");
  }

  Duration receiveWait() {
    return seconds("ReceiveMessageWaitTimeSeconds");
  }

  int maximumSize() {
    return Integer.parseInt(all().getOrDefault("MaximumMessageSize", "0"));
  }

  boolean contentBased() {
    return "true".equals(given.get(CONTENT_BASED));
  }

  boolean deduplicatesByGroup() {
    return "messageGroup".equals(given.get(SCOPE));
  }

  private Duration seconds(String name) {
    String value = given.get(name);
    return Duration.ofSeconds(
        Integer.parseInt(value == null ? DEFAULTS.getOrDefault(name, "0") : value));
  }

  /** Whether the name is one that this kind of queue can be asked for. */
  static void requireReadable(String name) {
    boolean known =
        NUMBERS.containsKey(name)
            || DEFAULTS.containsKey(name)
            || FIFO_DEFAULTS.containsKey(name)
            || List.of(
                    "All",
                    "Policy",
                    RedrivePolicy.NAME,
                    RedriveAllowPolicy.NAME,
                    KMS_KEY,
                    FIFO_QUEUE,
                    "QueueArn",
                    "CreatedTimestamp",
                    "LastModifiedTimestamp",
                    "ApproximateNumberOfMessages",
                    "ApproximateNumberOfMessagesNotVisible",
                    "ApproximateNumberOfMessagesDelayed")
                .contains(name);
    if (!known) {
      throw SqsErrors.unknownAttribute(name);
    }
  }

  private void requireKnown(String name) {
    boolean known =
        NUMBERS.containsKey(name)
            || (fifo && FIFO_DEFAULTS.containsKey(name))
            || List.of("Policy", RedrivePolicy.NAME, RedriveAllowPolicy.NAME, KMS_KEY, MANAGED_SSE)
                .contains(name);
    if (!known) {
      throw SqsErrors.unknownAttribute(name);
    }
  }

  private String checked(String name, String value) {
    requireKnown(name);
    Range range = NUMBERS.get(name);
    if (range != null) {
      return number(name, value, range);
    }
    return switch (name) {
      case RedrivePolicy.NAME -> RedrivePolicy.parse(value).text();
      case RedriveAllowPolicy.NAME -> {
        RedriveAllowPolicy.parse(value);
        yield value;
      }
      case "Policy" -> {
        RedrivePolicy.object(name, value);
        yield value;
      }
      case MANAGED_SSE, CONTENT_BASED -> oneOf(name, value, "true", "false");
      case SCOPE -> oneOf(name, value, "queue", "messageGroup");
      case THROUGHPUT -> oneOf(name, value, "perQueue", "perMessageGroupId");
      default -> value;
    };
  }

  private static String number(String name, String value, Range range) {
    int number;
    try {
      number = Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw SqsErrors.invalidAttribute(name);
    }
    if (number < range.min || number > range.max) {
      throw SqsErrors.invalidAttribute(name);
    }
    return Integer.toString(number);
  }

  private static String oneOf(String name, String value, String... allowed) {
    if (!List.of(allowed).contains(value)) {
      throw SqsErrors.invalidAttribute(name);
    }
    return value;
  }
}
