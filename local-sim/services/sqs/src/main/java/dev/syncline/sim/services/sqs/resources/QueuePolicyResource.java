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

/** The policy of one or more queues, which are named by their URLs. */
public final class QueuePolicyResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.of(
          member("PolicyDocument", Shape.jsonText()).required(),
          member("Queues", Shape.list(Shape.text())).required());

  /** The declaration of the type. */
  public QueuePolicyResource() {
    super(
        new CrudDeclaration("AWS::SQS::QueuePolicy", "sqs", PROPERTIES)
            .update(QueuePolicyResource::change));
  }

  private static void change(Change change) {
    JsonNode urls = change.after().path("Queues");
    set(change.calls(), urls, change.after().path("PolicyDocument").asText());
    for (String url : Differences.without(change.before().path("Queues"), urls)) {
      clear(change.calls(), url);
    }
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String id = names.name(100);
    set(calls, properties.path("Queues"), properties.path("PolicyDocument").asText());
    return ResourceState.of(id, "Id", id);
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    properties.path("Queues").forEach(url -> clear(calls, url.asText()));
  }

  private static void set(ServiceCalls calls, JsonNode urls, String policy) {
    urls.forEach(
        url -> calls.call("sqs", "SetQueueAttributes", input(calls, url.asText(), policy)));
  }

  private static void clear(ServiceCalls calls, String url) {
    calls.callUnlessGone("sqs", "SetQueueAttributes", input(calls, url, ""));
  }

  private static ObjectNode input(ServiceCalls calls, String url, String policy) {
    ObjectNode input = calls.input().put("QueueUrl", url);
    input.putObject("Attributes").put("Policy", policy);
    return input;
  }
}
