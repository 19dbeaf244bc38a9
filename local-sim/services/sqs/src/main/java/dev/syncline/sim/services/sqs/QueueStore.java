// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Arn;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The queues by name. Thread-safe. */
final class QueueStore implements DeadLetters {
  private static final int SECONDS_UNTIL_NAME_IS_FREE = 60;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final String FIFO_SUFFIX = ".fifo";

  private final SimClock clock;
  private final Ids ids;
  private final SqsEvents events;
  private final String account;
  private final String arnPrefix;
  private final Supplier<URI> endpoint;
  private final ConcurrentSkipListMap<String, Queue> queues = new ConcurrentSkipListMap<>();
  private final Map<String, Instant> deletedAt = new HashMap<>();

  QueueStore(
      SimClock clock,
      Ids ids,
      SqsEvents events,
      String account,
      String region,
      Supplier<URI> endpoint) {
    this.clock = clock;
    this.ids = ids;
    this.events = events;
    this.account = account;
    this.arnPrefix = Arn.aws("sqs", region, account, "");
    this.endpoint = endpoint;
  }

  /** Creates a queue, or returns the existing one with the same settings. */
  synchronized Queue create(String name, Map<String, String> given, Map<String, String> tags) {
    boolean fifo = name.endsWith(FIFO_SUFFIX);
    var settings = new HashMap<>(given);
    requireName(name, fifo, settings.remove(QueueAttributes.FIFO_QUEUE));
    QueueAttributes attributes = QueueAttributes.of(fifo, settings);
    Queue existing = queues.get(name);
    if (existing != null) {
      requireSame(existing, attributes.all(), settings);
      return existing;
    }
    Instant now = clock.now();
    deletedAt.values().removeIf(at -> !at.plusSeconds(SECONDS_UNTIL_NAME_IS_FREE).isAfter(now));
    if (deletedAt.containsKey(name)) {
      throw SqsErrors.queueDeletedRecently();
    }
    requireDeadLetterQueue(arnPrefix + name, attributes);
    var queue =
        new Queue(name, arnPrefix + name, attributes, clock, ids, events, account, this, now);
    queue.tags(all -> all.putAll(tags));
    queues.put(name, queue);
    return queue;
  }

  /** Restores a queue that was saved. */
  synchronized void restore(Queue.Saved saved) {
    var attributes = QueueAttributes.of(saved.name().endsWith(FIFO_SUFFIX), saved.attributes());
    var queue =
        new Queue(
            saved.name(),
            arnPrefix + saved.name(),
            attributes,
            clock,
            ids,
            events,
            account,
            this,
            saved.created());
    queue.restore(saved);
    queues.put(saved.name(), queue);
  }

  private static void requireName(String name, boolean fifo, @Nullable String fifoAttribute) {
    String bare = fifo ? name.substring(0, name.length() - FIFO_SUFFIX.length()) : name;
    if (!NAME.matcher(bare).matches() || name.length() > 80) {
      throw SqsErrors.invalidValue(
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
    if (fifo && !"true".equals(fifoAttribute)) {
      throw SqsErrors.invalidValue(
          "The name of a queue that ends in .fifo needs the attribute FifoQueue with the value"
              + " true.");
    }
    if (!fifo && "true".equals(fifoAttribute)) {
      throw SqsErrors.invalidValue(
          "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
              + " underscores, must end with .fifo suffix and be 1 to 80 in length.");
    }
    if (!fifo && fifoAttribute != null) {
      throw SqsErrors.unknownAttribute(QueueAttributes.FIFO_QUEUE);
    }
  }

  private static void requireSame(
      Queue existing, Map<String, String> asked, Map<String, String> given) {
    Map<String, String> have = existing.attributes().all();
    for (String attribute : given.keySet()) {
      if (!String.valueOf(have.get(attribute)).equals(String.valueOf(asked.get(attribute)))) {
        throw SqsErrors.queueNameExists(attribute);
      }
    }
  }

  /** Changes the settings of a queue. */
  synchronized void change(Queue queue, Map<String, String> changes) {
    if (changes.containsKey(QueueAttributes.FIFO_QUEUE)) {
      throw queue.attributes().fifo()
          ? SqsErrors.invalidAttribute(QueueAttributes.FIFO_QUEUE)
          : SqsErrors.unknownAttribute(QueueAttributes.FIFO_QUEUE);
    }
    QueueAttributes changed = queue.attributes().with(changes);
    if (changes.containsKey(RedrivePolicy.NAME)) {
      requireDeadLetterQueue(queue.arn, changed);
    }
    queue.change(changed);
  }

  private void requireDeadLetterQueue(String sourceArn, QueueAttributes attributes) {
    RedrivePolicy redrive = attributes.redrive();
    if (redrive == null) {
      return;
    }
    if (redrive.target().equals(sourceArn)) {
      return;
    }
    Queue target = byArn(redrive.target());
    if (target == null) {
      throw SqsErrors.invalidValue(
          RedrivePolicy.NAME, redrive.text(), "Dead letter target does not exist.");
    }
    if (target.attributes().fifo() != attributes.fifo()) {
      throw SqsErrors.invalidValue(
          RedrivePolicy.NAME,
          redrive.text(),
          "Dead-letter queue must be same type of queue as the source.");
    }
    RedriveAllowPolicy allow = target.attributes().redriveAllow();
    if (allow != null && !allow.allows(sourceArn)) {
      throw SqsErrors.invalidValue(
          RedrivePolicy.NAME,
          redrive.text(),
          "The redrive allow policy of " + target.arn + " does not permit this source queue.");
    }
  }

  /** Deletes a queue with everything in it. */
  synchronized void delete(Queue queue) {
    if (queues.remove(queue.name, queue)) {
      deletedAt.put(queue.name, clock.now());
      queue.close();
    }
  }

  @Nullable Queue byName(String name) {
    return queues.get(name);
  }

  @Nullable Queue byArn(String arn) {
    return arn.startsWith(arnPrefix) ? queues.get(arn.substring(arnPrefix.length())) : null;
  }

  /** The queue that the {@code QueueUrl} names; the URL's host is ignored. */
  Queue named(Input input) {
    String url = input.text("QueueUrl").orElse("");
    String[] steps = url.split("/", -1);
    Queue queue = null;
    if (steps.length >= 3 && steps[steps.length - 2].equals(account)) {
      queue = queues.get(steps[steps.length - 1]);
    }
    if (queue == null) {
      throw SqsErrors.noSuchQueue();
    }
    return queue;
  }

  /** The queue's URL, with the host that the caller used. */
  String url(Queue queue, CallContext context) {
    String host = context.host();
    String base =
        host.isEmpty()
            ? endpoint.get().toString()
            : (host.endsWith(".amazonaws.com") ? "https://" : "http://") + host;
    return base + "/" + account + "/" + queue.name;
  }

  /** Every queue in order of name. */
  Collection<Queue> all() {
    return List.copyOf(queues.values());
  }

  /** The queues whose dead letters go to the given one. */
  List<Queue> sourcesOf(Queue deadLetterQueue) {
    return all().stream()
        .filter(
            queue -> {
              RedrivePolicy redrive = queue.attributes().redrive();
              return redrive != null && redrive.target().equals(deadLetterQueue.arn);
            })
        .toList();
  }

  @Override
  public boolean exists(String queueArn) {
    return byArn(queueArn) != null;
  }

  @Override
  public void move(String queueArn, Message message, int receives) {
    Queue target = byArn(queueArn);
    if (target != null) {
      target.takeOver(message, receives);
    }
  }
}
