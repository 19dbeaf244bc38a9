// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Pages;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The operations on queues, their attributes and their tags. Thread-safe. */
record QueueOperations(QueueStore store) {
  private static final int MAX_LISTED = 1000;
  private static final int MAX_TAGS = 50;

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateQueue", this::create, "QueueName", "Attributes", "tags"),
        Operation.of("GetQueueUrl", this::url, "QueueName", "QueueOwnerAWSAccountId"),
        Operation.of("ListQueues", this::list, "QueueNamePrefix", "NextToken", "MaxResults"),
        Operation.of("DeleteQueue", this::delete, "QueueUrl"),
        Operation.of("PurgeQueue", this::purge, "QueueUrl"),
        Operation.of("GetQueueAttributes", this::attributes, "QueueUrl", "AttributeNames"),
        Operation.of("SetQueueAttributes", this::setAttributes, "QueueUrl", "Attributes"),
        Operation.of(
            "ListDeadLetterSourceQueues", this::sources, "QueueUrl", "NextToken", "MaxResults"),
        Operation.of("TagQueue", this::tag, "QueueUrl", "Tags"),
        Operation.of("UntagQueue", this::untag, "QueueUrl", "TagKeys"),
        Operation.of("ListQueueTags", this::tags, "QueueUrl"));
  }

  private Output create(Input input, CallContext context) {
    String name = input.text("QueueName").orElse("");
    Queue queue = store.create(name, input.textMap("Attributes"), input.textMap("tags"));
    return url(queue, context);
  }

  private Output url(Input input, CallContext context) {
    String name = input.text("QueueName").orElse("");
    if (name.isEmpty()) {
      throw SqsErrors.invalidValue(
          "Value for parameter QueueName is invalid. Reason: Must specify a queue name.");
    }
    Queue queue = store.byName(name);
    String owner = input.text("QueueOwnerAWSAccountId").orElse(context.account());
    if (queue == null || !owner.equals(context.account())) {
      throw SqsErrors.noSuchQueue();
    }
    return url(queue, context);
  }

  private Output url(Queue queue, CallContext context) {
    return Output.of(Json.object().put("QueueUrl", store.url(queue, context)));
  }

  private Output list(Input input, CallContext context) {
    String prefix = input.text("QueueNamePrefix").orElse("");
    List<Queue> found =
        store.all().stream().filter(queue -> queue.name.startsWith(prefix)).toList();
    return page(input, found, "QueueUrls", queue -> store.url(queue, context));
  }

  private Output sources(Input input, CallContext context) {
    List<Queue> found = store.sourcesOf(store.named(input));
    return page(input, found, "queueUrls", queue -> store.url(queue, context));
  }

  private static Output page(
      Input input, List<Queue> found, String member, Function<Queue, String> shown) {
    int max = input.integer("MaxResults").orElse(MAX_LISTED);
    if (max < 1 || max > MAX_LISTED) {
      throw SqsErrors.invalidValue(
          "MaxResults", max, "MaxResults must be an integer between 1 and 1000.");
    }
    Pages.Page<Queue> page =
        Pages.page(found, max, input.text("NextToken"), "InvalidParameterValueException");
    ObjectNode json = Json.object();
    if (!page.items().isEmpty() || member.equals("queueUrls")) {
      ArrayNode urls = json.putArray(member);
      page.items().forEach(queue -> urls.add(shown.apply(queue)));
    }
    if (input.has("MaxResults")) {
      page.next().ifPresent(token -> json.put("NextToken", token));
    }
    return Output.of(json);
  }

  private Output delete(Input input, CallContext context) {
    store.delete(store.named(input));
    return Output.empty();
  }

  private Output purge(Input input, CallContext context) {
    store.named(input).purge();
    return Output.empty();
  }

  private Output attributes(Input input, CallContext context) {
    Queue queue = store.named(input);
    List<String> names = input.texts("AttributeNames");
    names.forEach(QueueAttributes::requireReadable);
    var all = new TreeMap<>(queue.attributes().all());
    int[] counts = queue.counts();
    all.put("QueueArn", queue.arn);
    all.put("CreatedTimestamp", Long.toString(queue.created.getEpochSecond()));
    all.put("LastModifiedTimestamp", Long.toString(queue.modified().getEpochSecond()));
    all.put("ApproximateNumberOfMessages", Integer.toString(counts[0]));
    all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(counts[1]));
    all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(counts[2]));
    ObjectNode shown = Json.object();
    all.forEach(
        (name, value) -> {
          if (names.contains("All") || names.contains(name)) {
            shown.put(name, value);
          }
        });
    ObjectNode json = Json.object();
    if (!shown.isEmpty()) {
      json.set("Attributes", shown);
    }
    return Output.of(json);
  }

  private Output setAttributes(Input input, CallContext context) {
    store.change(store.named(input), input.textMap("Attributes"));
    return Output.empty();
  }

  private Output tag(Input input, CallContext context) {
    Map<String, String> added = input.textMap("Tags");
    store
        .named(input)
        .tags(
            all -> {
              var merged = new TreeMap<>(all);
              merged.putAll(added);
              if (merged.size() > MAX_TAGS) {
                throw SqsErrors.invalidValue(
                    "Too many tags added for queue: at max " + MAX_TAGS + ".");
              }
              all.putAll(added);
            });
    return Output.empty();
  }

  private Output untag(Input input, CallContext context) {
    List<String> keys = input.texts("TagKeys");
    store.named(input).tags(all -> all.keySet().removeAll(keys));
    return Output.empty();
  }

  private Output tags(Input input, CallContext context) {
    Map<String, String> tags = store.named(input).tags(all -> {});
    ObjectNode json = Json.object();
    Json.putUnlessEmpty(json, "Tags", tags);
    return Output.of(json);
  }
}
