// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.cloudformation.resource;

import static dev.syncline.sim.aws.cloudformation.resource.Struct.member;

import com.fasterxml.jackson.databind.node.ObjectNode;

final class Secret implements ResourceType {
  private static final Struct PROPERTIES =
      Struct.of(
          member("Name", Shape.text()).fixed(),
          member("Description", Shape.text()),
          member("KmsKeyId", Shape.text()),
          member("SecretString", Shape.text()),
          member("Tags", Shape.tagList("Key", "Value")));
  private static final Tagging TAGGING =
      new Tagging("secretsmanager", "TagResource", "UntagResource", "SecretId", "Tags", "TagKeys");

  @Override
  public String name() {
    return "AWS::SecretsManager::Secret";
  }

  @Override
  public Struct properties() {
    return PROPERTIES;
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input =
        properties
            .deepCopy()
            .put("Name", properties.path("Name").asText(names.name(512)))
            .put("ClientRequestToken", calls.token());
    String arn = calls.call("secretsmanager", "CreateSecret", input).path("ARN").asText();
    return ResourceState.of(arn, "Id", arn);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    if (Differences.in(before, after, "Description", "KmsKeyId", "SecretString")) {
      ObjectNode input =
          calls
              .input()
              .put("SecretId", current.physicalId())
              .put("ClientRequestToken", calls.token())
              .put("Description", after.path("Description").asText(""));
      for (String member : new String[] {"KmsKeyId", "SecretString"}) {
        if (after.has(member)) {
          input.set(member, after.get(member));
        }
      }
      calls.call("secretsmanager", "UpdateSecret", input);
    }
    TAGGING.changeList(calls, current.physicalId(), "Key", before.path("Tags"), after.path("Tags"));
    return current;
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    calls.callUnlessGone(
        "secretsmanager",
        "DeleteSecret",
        calls
            .input()
            .put("SecretId", current.physicalId())
            .put("ForceDeleteWithoutRecovery", true));
  }
}
