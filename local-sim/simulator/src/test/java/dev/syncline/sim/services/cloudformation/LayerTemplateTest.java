// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import dev.syncline.testing.TestZip;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stack with a layer, a function that has it, and the function's URL. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LayerTemplateTest {
  private static final String TEMPLATE =
      """
      Resources:
        Layer:
          Type: AWS::Lambda::LayerVersion
          Properties:
            Content: {S3Bucket: code, S3Key: layer.zip}
            Description: %s
            CompatibleRuntimes: [python3.12]
        Shared:
          Type: AWS::Lambda::LayerVersionPermission
          Properties:
            LayerVersionArn: !Ref Layer
            Action: lambda:GetLayerVersion
            Principal: "*"
        Function:
          Type: AWS::Lambda::Function
          Properties:
            FunctionName: f
            Role: arn:aws:iam::111111111111:role/r
            Runtime: python3.12
            Handler: index.h
            Layers: [!Ref Layer]
            Code:
              ZipFile: "def h(e, c): return 1"
        Url:
          Type: AWS::Lambda::Url
          Properties:
            TargetFunctionArn: !GetAtt Function.Arn
            AuthType: NONE
            %s
        Public:
          Type: AWS::Lambda::Permission
          Properties:
            FunctionName: !Ref Function
            Action: lambda:InvokeFunctionUrl
            Principal: "*"
            FunctionUrlAuthType: NONE
      Outputs:
        Layer: {Value: !GetAtt Layer.LayerVersionArn}
        Url: {Value: !GetAtt Url.FunctionUrl}
        Target: {Value: !Ref Url}
      """;

  @TempDir Path work;

  @Test
  void aStackOfLayersAndUrlsIsMadeChangedAndDeleted() {
    try (var aws = new WholeSimulator(work)) {
      aws.call("s3", "CreateBucket", "{'Bucket':'code'}");
      put(aws);

      JsonNode made =
          aws.stack(
              "CreateStack",
              TEMPLATE.formatted("one", "Cors: {AllowOrigins: ['*']}"),
              "CREATE_COMPLETE");

      String layer = output(made, "Layer");
      assertThat(layer).matches("arn:aws:lambda:us-east-1:111111111111:layer:s-Layer-.*:1");
      assertThat(output(made, "Target"))
          .isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f");
      String name = "{'FunctionName':'f'}";
      assertThat(aws.call("lambda", "GetFunction", name).at("/Configuration/Layers/0/Arn").asText())
          .isEqualTo(layer);
      JsonNode url = aws.call("lambda", "GetFunctionUrlConfig", name);
      assertThat(url.path("FunctionUrl").asText()).isEqualTo(output(made, "Url"));
      assertThat(url.at("/Cors/AllowOrigins/0").asText()).isEqualTo("*");
      String version =
          "{'LayerName':'" + layer.substring(0, layer.length() - 2) + "','VersionNumber':'1'}";
      assertThat(aws.call("lambda", "GetLayerVersionPolicy", version).path("Policy").asText())
          .contains("lambda:GetLayerVersion");

      JsonNode changed =
          aws.stack(
              "UpdateStack",
              TEMPLATE.formatted("two", "InvokeMode: RESPONSE_STREAM"),
              "UPDATE_COMPLETE");
      assertThat(output(changed, "Layer")).isNotEqualTo(layer);
      assertThat(output(changed, "Url")).isEqualTo(output(made, "Url"));
      JsonNode after = aws.call("lambda", "GetFunctionUrlConfig", name);
      assertThat(after.has("Cors")).isFalse();
      assertThat(after.path("InvokeMode").asText()).isEqualTo("RESPONSE_STREAM");

      aws.call("cloudformation", "DeleteStack", "{'StackName':'s'}");
      aws.until(
          entry ->
              StackEvent.STACK_TYPE.equals(entry.event().details().get("resourceType"))
                  && "DELETE_COMPLETE".equals(entry.event().details().get("status")));
      assertThat(aws.call("lambda", "ListLayers", "{}").path("Layers")).isEmpty();
      assertThat(aws.call("lambda", "ListFunctions", "{}").path("Functions")).isEmpty();
    }
  }

  private static void put(WholeSimulator aws) {
    CallContext internal = aws.simulator.internalCall();
    var context =
        new CallContext(
            internal.account(),
            internal.region(),
            internal.requestId(),
            "",
            TestZip.of("python/m.py", "x = 1"));
    ObjectNode input = Json.object().put("Bucket", "code").put("Key", "layer.zip");
    aws.simulator.dispatcher().call("s3", "PutObject", input, context);
  }

  private static String output(JsonNode stack, String key) {
    for (JsonNode output : stack.path("Outputs")) {
      if (output.path("OutputKey").asText().equals(key)) {
        return output.path("OutputValue").asText();
      }
    }
    throw new AssertionError("no output " + key + " in " + stack);
  }
}
