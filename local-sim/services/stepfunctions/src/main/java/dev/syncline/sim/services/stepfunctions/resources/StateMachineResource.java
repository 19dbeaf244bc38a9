// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.CrudDeclaration;
import dev.syncline.sim.service.resource.CrudResource;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import dev.syncline.sim.service.resource.Struct;
import dev.syncline.sim.service.resource.Tagging;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public final class StateMachineResource extends CrudResource {
  private static final Struct PROPERTIES =
      Struct.camel(
          """
          StateMachineName: text, fixed, as name
          StateMachineType: text, fixed, as type
          RoleArn: text, required
          DefinitionString: text
          Definition: object, as definitionObject
          DefinitionS3Location: structure
            Bucket: text, required, as Bucket
            Key: text, required, as Key
          DefinitionSubstitutions: map of text
          LoggingConfiguration: structure
            Level: text
            IncludeExecutionData: boolean
            Destinations: list of structure
              CloudWatchLogsLogGroup: structure
                LogGroupArn: text
          TracingConfiguration: structure
            Enabled: boolean
          Tags: tags key value
          """);
  private static final List<String> DEFINITION =
      List.of(
          "definitionString",
          "definitionObject",
          "definitionS3Location",
          "definitionSubstitutions");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}]+)}");
  private static final Tagging TAGGING = Tagging.camel("states");

  /** The declaration of the type. */
  public StateMachineResource() {
    super(
        new CrudDeclaration("AWS::StepFunctions::StateMachine", "states", PROPERTIES)
            .nameProperty("StateMachineName")
            .addressedBy("stateMachineArn")
            .delete("DeleteStateMachine"));
  }

  @Override
  public ResourceState create(ServiceCalls calls, NameSource names, ObjectNode properties) {
    String name = properties.path("name").asText(names.name(80));
    ObjectNode input =
        properties.deepCopy().put("name", name).put("definition", definition(calls, properties));
    input.remove(DEFINITION);
    String arn = calls.call("states", "CreateStateMachine", input).path("stateMachineArn").asText();
    return state(calls, arn, name);
  }

  @Override
  public ResourceState update(
      ServiceCalls calls, ResourceState current, ObjectNode before, ObjectNode after) {
    String arn = current.physicalId();
    ObjectNode input =
        after.deepCopy().put("stateMachineArn", arn).put("definition", definition(calls, after));
    input.remove(DEFINITION);
    input.remove(List.of("name", "type", "tags"));
    calls.call("states", "UpdateStateMachine", input);
    TAGGING.changeList(calls, arn, "key", before.path("tags"), after.path("tags"));
    return state(calls, arn, current.text("Name"));
  }

  private static ResourceState state(ServiceCalls calls, String arn, String name) {
    JsonNode machine =
        calls.call("states", "DescribeStateMachine", calls.input().put("stateMachineArn", arn));
    return ResourceState.of(
        arn,
        "Arn",
        arn,
        "Name",
        name,
        "StateMachineRevisionId",
        machine.path("revisionId").asText("INITIAL"));
  }

  private static String definition(ServiceCalls calls, ObjectNode properties) {
    long given =
        List.of("definitionString", "definitionObject", "definitionS3Location").stream()
            .filter(properties::has)
            .count();
    if (given != 1) {
      throw new ResourceException(
          "Exactly one of the properties Definition, DefinitionString and DefinitionS3Location must"
              + " be given");
    }
    String text;
    if (properties.has("definitionString")) {
      text = properties.get("definitionString").asText();
    } else if (properties.has("definitionObject")) {
      text = properties.get("definitionObject").toString();
    } else {
      JsonNode location = properties.get("definitionS3Location");
      text =
          new String(
              calls.object(location.path("Bucket").asText(), location.path("Key").asText()),
              StandardCharsets.UTF_8);
    }
    JsonNode substitutions = properties.path("definitionSubstitutions");
    // One pass, so that what a value contains is never taken for a variable.
    return VARIABLE
        .matcher(text)
        .replaceAll(
            match -> {
              JsonNode value = substitutions.path(match.group(1));
              return Matcher.quoteReplacement(
                  value.isMissingNode() ? match.group() : value.asText());
            });
  }
}
