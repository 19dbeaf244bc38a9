// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions, their versions, aliases, code and permissions. */
class LambdaServiceTest extends LambdaFixture {
  @Test
  void aFunctionIsUnpackedAndItsHandlerAnswers() {
    create("f", "");

    Output output = invoke("{'FunctionName': 'f', 'LogType': 'Tail'}", "{\"a\":1}");

    assertThat(output.status()).isEqualTo(200);
    assertThat(text(output)).isEqualTo("{\"a\":1}");
    assertThat(output.headers())
        .containsEntry("X-Amz-Executed-Version", "$LATEST")
        .doesNotContainKey("X-Amz-Function-Error");
    assertThat(
            new String(
                Base64.getDecoder().decode(output.headers().get("X-Amz-Log-Result")),
                StandardCharsets.UTF_8))
        .contains("START RequestId", "echo $LATEST", "REPORT RequestId");
    assertThat(logs).contains("/aws/lambda/f|echo $LATEST");
  }

  @Test
  void theConfigurationShowsWhatTerraformReads() {
    JsonNode created =
        create(
            "f",
            ", 'Description': 'd', 'MemorySize': 512, 'Timeout': 7, 'Tags': {'P': 'x'},"
                + " 'Environment': {'Variables': {'A': '1'}}, 'TracingConfig': {'Mode':"
                + " 'Active'}, 'Architectures': ['arm64'], 'LoggingConfig': {'LogFormat':"
                + " 'JSON'}, 'SnapStart': {'ApplyOn': 'PublishedVersions'}");
    JsonNode got = call("GetFunction", "{'FunctionName': 'f'}").json();

    JsonNode shown = got.get("Configuration");
    assertThat(shown).isEqualTo(created);
    assertThat(shown.get("State").asText()).isEqualTo("Active");
    assertThat(shown.get("LastUpdateStatus").asText()).isEqualTo("Successful");
    assertThat(shown.get("PackageType").asText()).isEqualTo("Zip");
    assertThat(shown.at("/Environment/Variables/A").asText()).isEqualTo("1");
    assertThat(shown.at("/LoggingConfig/LogGroup").asText()).isEqualTo("/aws/lambda/f");
    assertThat(shown.at("/TracingConfig/Mode").asText()).isEqualTo("Active");
    assertThat(shown.get("LastModified").asText()).matches(".*T.*\\+0000");
    assertThat(shown.get("CodeSha256").asText()).hasSize(44);
    assertThat(got.get("Code").isObject()).isTrue();
    assertThat(got.at("/Tags/P").asText()).isEqualTo("x");
  }

  @Test
  void versionsAreSnapshotsAndAliasesLeadToThem() {
    create("f", ", 'Environment': {'Variables': {'A': '1'}}");
    assertThat(call("PublishVersion", "{'FunctionName': 'f'}").json().get("Version").asText())
        .isEqualTo("1");
    assertThat(call("PublishVersion", "{'FunctionName': 'f'}").json().get("Version").asText())
        .isEqualTo("1");
    call(
        "UpdateFunctionConfiguration",
        "{'FunctionName': 'f', 'Environment': {'Variables': {'A': '2'}}}");
    call("CreateAlias", "{'FunctionName': 'f', 'Name': 'live', 'FunctionVersion': '1'}");

    assertThat(
            call("GetFunctionConfiguration", "{'FunctionName': 'f', 'Qualifier': 'live'}")
                .json()
                .at("/Environment/Variables/A")
                .asText())
        .isEqualTo("1");
    assertThat(invoke("{'FunctionName': 'f:live'}", "{}").headers())
        .containsEntry("X-Amz-Executed-Version", "1");
    assertThat(call("ListVersionsByFunction", "{'FunctionName': 'f'}").json().get("Versions"))
        .hasSize(2);
    assertThatThrownBy(() -> call("DeleteFunction", "{'FunctionName': 'f', 'Qualifier': '1'}"))
        .hasMessageContaining("alias");
  }

  @Test
  void theVersionThatAnAliasPointsToIsStartedAheadOfItsFirstInvocation() {
    service.close();
    dispatcher = new Dispatcher(clock, new FaultPlan(journal, ids));
    service = service(true);
    dispatcher.register(service);
    create("f", "");
    call("PublishVersion", "{'FunctionName': 'f'}");
    assertThat(service.environments()).as("of $LATEST").isEqualTo(1);

    call("CreateAlias", "{'FunctionName': 'f', 'Name': 'live', 'FunctionVersion': '1'}");
    assertThat(service.environments()).as("and of version 1").isEqualTo(2);
    invoke("{'FunctionName': 'f:live'}", "{}");

    assertThat(service.environments()).isEqualTo(2);
  }

  @Test
  void newCodeIsUsedAndTheOldEnvironmentEnds() {
    create("f", "");
    invoke("{'FunctionName': 'f'}", "{}");
    assertThat(service.environments()).isEqualTo(1);

    call("UpdateFunctionCode", "{'FunctionName': 'f', 'ZipFile': '" + zip("other") + "'}");

    assertThat(service.environments()).isZero();
    assertThat(text(invoke("{'FunctionName': 'f'}", "1"))).isEqualTo("1");
  }

  @Test
  void permissionsMakeAPolicy() {
    create("f", "");
    call(
        "AddPermission",
        "{'FunctionName': 'f', 'StatementId': 'gw', 'Action': 'lambda:InvokeFunction',"
            + " 'Principal': 'apigateway.amazonaws.com', 'SourceArn': 'arn:aws:x:y:z:*'}");

    assertThat(call("GetPolicy", "{'FunctionName': 'f'}").json().get("Policy").asText())
        .contains(
            "\"Service\":\"apigateway.amazonaws.com\"",
            "\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:x:y:z:*\"}");
    call("RemovePermission", "{'FunctionName': 'f', 'StatementId': 'gw'}");
    assertThatThrownBy(() -> call("GetPolicy", "{'FunctionName': 'f'}"))
        .isInstanceOfSatisfying(
            AwsException.class,
            failure -> assertThat(failure.code()).isEqualTo("ResourceNotFoundException"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'Runtime': 'cobol85'|InvalidParameterValueException|Value cobol85 at 'runtime' failed",
        "'Runtime': 'ruby3.4'|InvalidParameterValueException|does not run the runtime ruby3.4",
        "'Runtime': 'python3.8'|InvalidParameterValueException|no longer supported for creating",
        "'Timeout': 901|ValidationException|901",
        "'MemorySize': 64|ValidationException|64",
        "'Layers': ['arn:x']|ValidationException|Value '[arn:x]' at 'layers'",
        "'PackageType': 'Image'|InvalidParameterValueException|Image",
        "'Environment': {'Variables': {'AWS_REGION':"
            + " 'x'}}|InvalidParameterValueException|AWS_REGION",
        "'ImageConfig': {}|ValidationException|ImageConfig",
        "'Code': {'ZipFile': 'bm90IGEgemlw'}|InvalidParameterValueException|Could not unzip"
      })
  void unsupportedFunctionsAreRefusedByName(String member, String code, String named) {
    assertThatThrownBy(() -> create("f", ", " + member))
        .isInstanceOfSatisfying(
            AwsException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(named);
    assertThatThrownBy(() -> call("GetFunction", "{'FunctionName': 'f'}"))
        .hasMessageContaining(
            "Function not found: arn:aws:lambda:us-east-1:111111111111:function:f");
  }

  @Test
  void aDeletedFunctionLeavesNothing() {
    create("f", "");
    invoke("{'FunctionName': 'f'}", "{}");

    call("DeleteFunction", "{'FunctionName': 'f'}");

    assertThat(service.environments()).isZero();
    assertThat(call("ListFunctions", "{}").json().get("Functions")).isEmpty();
  }
}
