// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;

/**
 * A secret, given or generated. Source of {@code GenerateSecretString}: CloudFormation's template
 * reference of AWS::SecretsManager::Secret.
 */
public final class SecretResource extends CrudResource {
  private static final String GENERATE = "GenerateSecretString";
  private static final String TEMPLATE = "SecretStringTemplate";
  private static final String KEY = "GenerateStringKey";
  private static final Struct PROPERTIES =
      Struct.of(
          """
          Name: text, fixed
          Description: text
          KmsKeyId: text
          SecretString: text
          GenerateSecretString: structure
            PasswordLength: integer
            ExcludeCharacters: text
            ExcludeNumbers: boolean
            ExcludePunctuation: boolean
            ExcludeUppercase: boolean
            ExcludeLowercase: boolean
            IncludeSpace: boolean
            RequireEachIncludedType: boolean
            SecretStringTemplate: text
            GenerateStringKey: text
          Tags: tags Key Value
          """);

  /** The declaration of the type. */
  public SecretResource() {
    super(
        new CrudDeclaration("AWS::SecretsManager::Secret", "secretsmanager", PROPERTIES)
            .nameProperty("Name")
            .addressedBy("SecretId")
            .update(SecretResource::change)
            .tagList(Tagging.pascal("secretsmanager", "SecretId"), "Key"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    ObjectNode input =
        properties
            .deepCopy()
            .put("Name", properties.path("Name").asText(names.name(512)))
            .put("ClientRequestToken", calls.token());
    input.remove(GENERATE);
    if (properties.has(GENERATE)) {
      input.put("SecretString", generated(calls, properties));
    }
    String arn = calls.call("secretsmanager", "CreateSecret", input).path("ARN").asText();
    return ResourceState.of(arn, "Id", arn);
  }

  private static void change(Change change) {
    ObjectNode after = change.after();
    if (!change.of("Description", "KmsKeyId", "SecretString", GENERATE)) {
      return;
    }
    ServiceCalls calls = change.calls();
    ObjectNode input =
        change
            .target()
            .put("ClientRequestToken", calls.token())
            .put("Description", after.path("Description").asText(""));
    for (String member : new String[] {"KmsKeyId", "SecretString"}) {
      if (after.has(member)) {
        input.set(member, after.get(member));
      }
    }
    if (change.of(GENERATE) && after.has(GENERATE)) {
      input.put("SecretString", generated(calls, after));
    }
    calls.call("secretsmanager", "UpdateSecret", input);
  }

  private static String generated(ServiceCalls calls, ObjectNode properties) {
    if (properties.has("SecretString")) {
      throw new ResourceException(
          "You can't specify both SecretString and GenerateSecretString; remove one of them");
    }
    ObjectNode rules = ((ObjectNode) properties.get(GENERATE)).deepCopy();
    JsonNode template = rules.remove(TEMPLATE);
    JsonNode key = rules.remove(KEY);
    if ((template == null) != (key == null)) {
      throw new ResourceException(
          TEMPLATE + " and " + KEY + " belong together; give both or neither");
    }
    String password =
        calls.call("secretsmanager", "GetRandomPassword", rules).path("RandomPassword").asText();
    if (template == null) {
      return password;
    }
    try {
      if (Json.MAPPER.readTree(template.asText()) instanceof ObjectNode object) {
        return Json.write(object.put(key.asText(), password));
      }
    } catch (JsonProcessingException notJson) {
      // The one error below tells it.
    }
    throw new ResourceException(TEMPLATE + " must be the text of a JSON object");
  }

  @Override
  public void delete(ServiceCalls calls, ResourceState current, ObjectNode properties) {
    ObjectNode input = target(calls, current, properties).put("ForceDeleteWithoutRecovery", true);
    calls.callUnlessGone("secretsmanager", "DeleteSecret", input);
  }
}
