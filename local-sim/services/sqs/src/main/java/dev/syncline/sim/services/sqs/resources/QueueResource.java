// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs.resources;

import static dev.syncline.sim.service.resource.Struct.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Shape;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;
import java.util.Map;

/** A queue; its settings travel as attributes, which are texts. */
public final class QueueResource extends CrudResource {
  private static final String FIFO_SUFFIX = ".fifo";
  private static final Struct PROPERTIES =
      Struct.of(
          member("QueueName", Shape.text()).fixed(),
          member("FifoQueue", Shape.bool()).fixed(),
          member("ContentBasedDeduplication", Shape.bool()),
          member("DeduplicationScope", Shape.text()),
          member("DelaySeconds", Shape.integer()),
          member("FifoThroughputLimit", Shape.text()),
          member("KmsDataKeyReusePeriodSeconds", Shape.integer()),
          member("KmsMasterKeyId", Shape.text()),
          member("MaximumMessageSize", Shape.integer()),
          member("MessageRetentionPeriod", Shape.integer()),
          member("ReceiveMessageWaitTimeSeconds", Shape.integer()),
          member("RedriveAllowPolicy", Shape.jsonText()),
          member("RedrivePolicy", Shape.jsonText()),
          member("SqsManagedSseEnabled", Shape.bool()),
          member("VisibilityTimeout", Shape.integer()),
          member("Tags", Shape.tagMap()));

  private static final Tagging TAGGING =
      new Tagging("sqs", "TagQueue", "UntagQueue", "QueueUrl", "Tags", "TagKeys");

  /** The declaration of the type. */
  public QueueResource() {
    super(
        new CrudDeclaration("AWS::SQS::Queue", "sqs", PROPERTIES)
            .nameProperty("QueueName")
            .addressedBy("QueueUrl")
            .update(QueueResource::setAttributes)
            .tagMap(TAGGING)
            .delete("DeleteQueue"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    boolean fifo = properties.path("FifoQueue").asBoolean();
    String generated = fifo ? names.name(80 - FIFO_SUFFIX.length()) + FIFO_SUFFIX : names.name(80);
    String name = properties.path("QueueName").asText(generated);
    ObjectNode input = calls.input().put("QueueName", name);
    input.set("Attributes", attributes(calls, properties));
    if (properties.has("Tags")) {
      input.set("tags", properties.get("Tags"));
    }
    String url = calls.call("sqs", "CreateQueue", input).path("QueueUrl").asText();
    return ResourceState.of(url, "Arn", calls.arn("sqs", name), "QueueName", name, "QueueUrl", url);
  }

  private static ObjectNode attributes(ServiceCalls calls, ObjectNode properties) {
    ObjectNode attributes = calls.input();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      if (!property.getKey().equals("QueueName") && !property.getKey().equals("Tags")) {
        attributes.put(property.getKey(), property.getValue().asText());
      }
    }
    return attributes;
  }

  private static void setAttributes(Change change) {
    ServiceCalls calls = change.calls();
    ObjectNode old = attributes(calls, change.before());
    ObjectNode wanted = attributes(calls, change.after());
    ObjectNode changed = Differences.set(old, wanted);
    // An empty value gives an attribute back its default.
    Differences.removed(old, wanted).forEach(name -> changed.put(name.asText(), ""));
    if (!changed.isEmpty()) {
      ObjectNode input = change.target();
      input.set("Attributes", changed);
      calls.call("sqs", "SetQueueAttributes", input);
    }
  }
}
