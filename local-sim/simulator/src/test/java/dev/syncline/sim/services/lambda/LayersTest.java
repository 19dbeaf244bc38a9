// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.testing.TestZip;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers, and functions that have them. */
class LayersTest extends LambdaFixture {
  private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:layer:";

  private JsonNode publish(String layer, String file, String more) {
    return publishZip(layer, TestZip.base64(file, "text of " + file), more);
  }

  private JsonNode publishZip(String layer, String zip, String more) {
    return call(
            "PublishLayerVersion",
            "{'LayerName': '" + layer + "', 'Content': {'ZipFile': '" + zip + "'}" + more + "}")
        .json();
  }

  private JsonNode version(String layer, int number) {
    return call(
            "GetLayerVersion", "{'LayerName': '" + layer + "', 'VersionNumber': " + number + "}")
        .json();
  }

  private void delete(String layer, int number) {
    call("DeleteLayerVersion", "{'LayerName': '" + layer + "', 'VersionNumber': " + number + "}");
  }

  @Test
  void aVersionIsShownAsItWasPublished() {
    JsonNode made =
        publish(
            "l",
            "python/m.py",
            ", 'Description': 'd', 'CompatibleRuntimes': ['python3.12', 'python3.8'],"
                + " 'CompatibleArchitectures': ['arm64'], 'LicenseInfo': 'MIT'");

    assertThat(made.path("LayerArn").asText()).isEqualTo(ARN + "l");
    assertThat(made.path("LayerVersionArn").asText()).isEqualTo(ARN + "l:1");
    assertThat(made.path("Version").asLong()).isEqualTo(1);
    assertThat(made.path("Description").asText()).isEqualTo("d");
    assertThat(made.path("CreatedDate").asText()).matches(".*T.*\\.\\d{3}\\+0000");
    assertThat(made.path("CompatibleRuntimes")).hasSize(2);
    assertThat(made.path("LicenseInfo").asText()).isEqualTo("MIT");
    assertThat(made.at("/Content/CodeSize").asLong()).isPositive();
    assertThat(made.at("/Content/Location").asText()).startsWith("http://127.0.0.1:4566/");
    assertThat(without(version("l", 1))).isEqualTo(without(made));
    assertThat(without(call("GetLayerVersionByArn", "{'Arn': '" + ARN + "l:1'}").json()))
        .isEqualTo(without(made));
  }

  /** Each answer has a new link. */
  private static JsonNode without(JsonNode version) {
    ((com.fasterxml.jackson.databind.node.ObjectNode) version.path("Content")).remove("Location");
    return version;
  }

  @Test
  void numbersAreNeverUsedAgain() {
    publish("l", "a", "");
    publish("l", "b", "");
    delete("l", 2);
    delete("l", 1);
    assertThat(call("ListLayers", "{}").json().path("Layers")).isEmpty();
    delete("l", 1);
    delete("never", 7);

    assertThat(publish("l", "c", "").path("Version").asLong()).isEqualTo(3);
  }

  @Test
  void listsAreFilteredAndTheNewestComesFirst() {
    publish("a", "1", ", 'CompatibleRuntimes': ['java21']");
    publish("a", "2", ", 'CompatibleRuntimes': ['java17'], 'CompatibleArchitectures': ['arm64']");
    publish("a", "3", "");
    publish("b", "1", ", 'CompatibleRuntimes': ['java21']");

    JsonNode all = call("ListLayerVersions", "{'LayerName': 'a'}").json().path("LayerVersions");
    assertThat(all.findValuesAsText("Version")).containsExactly("3", "2", "1");
    assertThat(all.at("/0/LayerVersionArn").asText()).isEqualTo(ARN + "a:3");
    assertThat(all.path(0).has("Content")).isFalse();
    JsonNode java = call("ListLayers", "{'CompatibleRuntime': 'java21'}").json().path("Layers");
    assertThat(java.findValuesAsText("LayerName")).containsExactly("a", "b");
    assertThat(java.at("/0/LatestMatchingVersion/Version").asLong()).isEqualTo(1);
    assertThat(
            call("ListLayers", "{'CompatibleArchitecture': 'arm64'}")
                .json()
                .path("Layers")
                .findValuesAsText("LayerName"))
        .containsExactly("a");
    JsonNode page = call("ListLayerVersions", "{'LayerName': 'a', 'MaxItems': 2}").json();
    assertThat(page.path("LayerVersions")).hasSize(2);
    assertThat(
            call(
                    "ListLayerVersions",
                    "{'LayerName': 'a', 'Marker': '" + page.path("NextMarker").asText() + "'}")
                .json()
                .path("LayerVersions"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GetLayerVersion|'VersionNumber': 0|InvalidParameterValueException"
            + "|Layer Version Cannot be less than 1",
        "DeleteLayerVersion|'VersionNumber': -1|InvalidParameterValueException"
            + "|Layer Version Cannot be less than 1",
        "GetLayerVersion|'VersionNumber': 9|ResourceNotFoundException"
            + "|The resource you requested does not exist.",
        "GetLayerVersionPolicy|'VersionNumber': 9|ResourceNotFoundException|Layer version"
            + " arn:aws:lambda:us-east-1:111111111111:layer:l:9 does not exist.",
        "GetLayerVersionPolicy|'VersionNumber': 1|ResourceNotFoundException"
            + "|No policy is associated with the given resource.",
        "RemoveLayerVersionPermission|'VersionNumber': 1, 'StatementId': 'x'"
            + "|ResourceNotFoundException|Statement x is not found in resource policy.",
        "AddLayerVersionPermission|'VersionNumber': 1, 'StatementId': 's', 'Principal': '*',"
            + " 'Action': 'lambda:Get'|ValidationException|lambda:GetLayerVersion",
        "AddLayerVersionPermission|'VersionNumber': 1, 'StatementId': 's', 'Principal': 'x',"
            + " 'Action': 'lambda:GetLayerVersion'|ValidationException|principal",
        "PublishLayerVersion|'Content': {'ZipFile': 'bm90IGEgemlw'}"
            + "|InvalidParameterValueException|Could not unzip uploaded file",
        "PublishLayerVersion|'Content': {}|InvalidParameterValueException"
            + "|Please provide a source",
        "PublishLayerVersion|'Content': {}, 'CompatibleRuntimes': ['cobol']|ValidationException"
            + "|compatibleRuntimes",
        "PublishLayerVersion|'Content': {}, 'CompatibleArchitectures': ['mips']"
            + "|ValidationException|compatibleArchitectures"
      })
  void wrongCallsAreRefused(String operation, String members, String code, String named) {
    publish("l", "a", "");

    assertThatThrownBy(() -> call(operation, "{'LayerName': 'l', " + members + "}"))
        .isInstanceOfSatisfying(
            AwsException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(named);
  }

  @Test
  void permissionsMakeAPolicyWithRevisions() {
    publish("l", "a", "");
    String one = "'LayerName': 'l', 'VersionNumber': 1";
    String grant =
        "{"
            + one
            + ", 'StatementId': '%s', 'Action': 'lambda:GetLayerVersion', 'Principal': '%s'%s}";
    JsonNode first =
        call("AddLayerVersionPermission", grant.formatted("a", "111122223333", "")).json();
    assertThat(first.path("Statement").asText())
        .contains("\"AWS\":\"arn:aws:iam::111122223333:root\"", ARN + "l:1");
    assertThatThrownBy(() -> call("AddLayerVersionPermission", grant.formatted("a", "*", "")))
        .hasMessageContaining("The statement id (a) provided already exists.");
    assertThatThrownBy(
            () ->
                call(
                    "AddLayerVersionPermission",
                    grant.formatted("b", "*", ", 'RevisionId': 'old'")))
        .hasMessageContaining("Call the GetLayerPolicy API");
    String revision = first.path("RevisionId").asText();
    call(
        "AddLayerVersionPermission",
        grant.formatted(
            "b", "*", ", 'OrganizationId': 'o-0123456789', 'RevisionId': '" + revision + "'"));

    JsonNode policy = call("GetLayerVersionPolicy", "{" + one + "}").json();

    assertThat(policy.path("Policy").asText()).contains("aws:PrincipalOrgID", "o-0123456789");
    assertThat(policy.path("RevisionId").asText()).isNotEqualTo(revision);
    call("RemoveLayerVersionPermission", "{" + one + ", 'StatementId': 'a'}");
    call("RemoveLayerVersionPermission", "{" + one + ", 'StatementId': 'b'}");
    assertThatThrownBy(() -> call("GetLayerVersionPolicy", "{" + one + "}"))
        .hasMessageContaining("No policy");
  }

  @Test
  void aFunctionKeepsALayerWhoseVersionIsDeleted() {
    publishZip("echo", echoLayer(), "");
    create(
        "f",
        ", 'Layers': ['"
            + ARN
            + "echo:1'], 'Code': {'ZipFile': '"
            + TestZip.base64("x.txt", "no class")
            + "'}");
    delete("echo", 1);

    assertThat(text(invoke("{'FunctionName': 'f'}", "{\"a\":1}"))).isEqualTo("{\"a\":1}");
    JsonNode shown = call("GetFunctionConfiguration", "{'FunctionName': 'f'}").json();
    assertThat(shown.at("/Layers/0/Arn").asText()).isEqualTo(ARN + "echo:1");
    assertThat(shown.at("/Layers/0/CodeSize").asLong()).isPositive();
    call("UpdateFunctionConfiguration", "{'FunctionName': 'f', 'Description': 'still'}");
    assertThat(text(invoke("{'FunctionName': 'f'}", "2"))).isEqualTo("2");
    call("PublishVersion", "{'FunctionName': 'f'}");
    call("UpdateFunctionConfiguration", "{'FunctionName': 'f', 'Layers': []}");
    assertThat(text(invoke("{'FunctionName': 'f:1'}", "3"))).isEqualTo("3");
    assertThat(invoke("{'FunctionName': 'f'}", "4").headers())
        .containsEntry("X-Amz-Function-Error", "Unhandled");
  }

  /** A layer with a jar in which the handler is. */
  private static String echoLayer() {
    byte[] jar = Base64.getDecoder().decode(zip("in a layer"));
    return Base64.getEncoder()
        .encodeToString(TestZip.of(java.util.Map.of("java/lib/echo.jar", jar)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "l:9|InvalidParameterValueException|Layer version"
            + " arn:aws:lambda:us-east-1:111111111111:layer:l:9 does not exist.",
        "l|ValidationException|at 'layers' failed to satisfy constraint: Member must satisfy"
            + " constraint",
        "l:1 l:2|InvalidParameterValueException|Two different versions of the same layer are not"
            + " allowed to be referenced in the same function.",
        "l:1 l:1|InvalidParameterValueException|are versions of the same layer.",
        "a:1 b:1 c:1 d:1 e:1 f:1|InvalidParameterValueException|Cannot reference more than 5"
            + " layers."
      })
  void wrongListsAreRefused(String layers, String code, String message) {
    publish("l", "a", "");
    publish("l", "b", "");
    String list = "'" + ARN + layers.replace(" ", "', '" + ARN) + "'";

    assertThatThrownBy(() -> create("f", ", 'Layers': [" + list + "]"))
        .isInstanceOfSatisfying(
            AwsException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void layersOfOtherRegionsAndAccountsAreRefusedByName() {
    assertThatThrownBy(
            () -> create("f", ", 'Layers': ['arn:aws:lambda:eu-west-1:111111111111:layer:l:1']"))
        .hasMessageContaining("Layers are expected to be in region us-east-1.");
    assertThatThrownBy(
            () ->
                create(
                    "f",
                    ", 'Layers': ['arn:aws:lambda:us-east-1:017000801446:layer:Powertools:2']"))
        .hasMessageContaining("--layer arn:aws:lambda:us-east-1:017000801446:layer:Powertools:2=");
  }

  @Test
  void functionsWithLayersAreNotLargerThanTheLimit() {
    publishZip("big", Base64.getEncoder().encodeToString(zeros(200)), "");
    publishZip("too", Base64.getEncoder().encodeToString(zeros(60)), "");

    assertThatThrownBy(() -> create("f", ", 'Layers': ['" + ARN + "big:1', '" + ARN + "too:1']"))
        .hasMessageContaining(
            "Function code combined with layers exceeds the maximum allowed size of 262144000"
                + " bytes. The actual size is ");
  }

  private static byte[] zeros(int megabytes) {
    return TestZip.of(java.util.Map.of("zeros", new byte[megabytes << 20]));
  }

  @Test
  void extensionsAreNotStartedAndNamedInTheLogOfTheFirstInvocation() {
    publish("l", "extensions/agent", "");
    create("f", ", 'Layers': ['" + ARN + "l:1']");
    invoke("{'FunctionName': 'f'}", "1");
    assertThat(logs).as("a file that is not a program").noneMatch(line -> line.contains("NOTICE"));
    logs.clear();

    publishZip(
        "m",
        "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAQAAAAZXh0ZW5zaW9ucy9hZ2VudFBLAQIUAxQAAAAA"
            + "AAAAIQAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAADtgQAAAABleHRlbnNpb25zL2FnZW50UEsFBgAA"
            + "AAABAAEAPgAAAC4AAAAAAA==",
        "");
    create("g", ", 'Layers': ['" + ARN + "m:1']");

    // The log group is not there yet: a template may make it after the function.
    assertThat(logs).isEmpty();
    invoke("{'FunctionName': 'g'}", "1");
    assertThat(logs.getFirst())
        .contains("/aws/lambda/g|[NOTICE]", ARN + "m:1", "agent", "does not start");
  }
}
