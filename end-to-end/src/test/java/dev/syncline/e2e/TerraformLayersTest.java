// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.testing.TestZip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Layers and function URLs of Terraform's provider: made, changed and destroyed. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class TerraformLayersTest {
  private static final String CONFIGURATION =
      """
      resource "aws_lambda_layer_version" "shared" {
        layer_name               = "shared"
        filename                 = "layer.zip"
        description              = "%s"
        compatible_runtimes      = ["java21", "java17"]
        compatible_architectures = ["x86_64"]
        license_info             = "MIT"
      }

      resource "aws_lambda_layer_version_permission" "shared" {
        layer_name     = aws_lambda_layer_version.shared.layer_name
        version_number = aws_lambda_layer_version.shared.version
        statement_id   = "other"
        action         = "lambda:GetLayerVersion"
        principal      = "111122223333"
      }

      resource "aws_lambda_function" "orders" {
        function_name = "orders"
        role          = "arn:aws:iam::111111111111:role/r"
        runtime       = "java21"
        handler       = "a.B::c"
        filename      = "code.zip"
        layers        = [%s]
        logging_config {
          log_format            = "JSON"
          application_log_level = "DEBUG"
          system_log_level      = "WARN"
        }
      }

      resource "aws_lambda_function_url" "orders" {
        function_name      = aws_lambda_function.orders.function_name
        authorization_type = "%s"
        %s
      }

      resource "aws_lambda_permission" "orders" {
        statement_id           = "url"
        action                 = "lambda:InvokeFunctionUrl"
        function_name          = aws_lambda_function.orders.function_name
        principal              = "*"
        function_url_auth_type = "NONE"
      }

      data "aws_lambda_layer_version" "shared" {
        layer_name = aws_lambda_layer_version.shared.layer_name
      }

      output "version" {
        value = data.aws_lambda_layer_version.shared.version
      }

      output "url" {
        value = aws_lambda_function_url.orders.function_url
      }
      """;

  private static final String CORS =
      """
      cors {
          allow_origins = ["https://example.com"]
          allow_methods = ["GET", "POST"]
          max_age       = 10
        }
      """;
  private static final String LAYER = "aws_lambda_layer_version.shared.arn";

  @TempDir Path scratch;

  @Test
  void layersAndUrlsAreMadeChangedAndDestroyed() throws Exception {
    try (var simulator =
        Simulator.start(Deployed.config().withPort(0, -1).withClock(new ClockMode.Real()))) {
      Terraform terraform =
          Terraform.of(
              CONFIGURATION.formatted("one", LAYER, "NONE", CORS),
              scratch,
              Map.of("AWS_ENDPOINT_URL", simulator.endpoint().toString()));
      Files.write(terraform.file("layer.zip"), TestZip.of("java/lib/readme.txt", "one"));
      Files.write(terraform.file("code.zip"), TestZip.of("readme.txt", "code"));
      terraform.apply();
      assertThat(terraform.output("version")).isEqualTo("1");
      String url = terraform.output("url");
      assertThat(url).matches("https://[a-z0-9]{32}\\.lambda-url\\.us-east-1\\.on\\.aws/");
      assertThat(configuration(simulator).at("/Layers/0/Arn").asText()).endsWith(":shared:1");

      // A layer is replaced: its number goes on. The URL stays, without CORS and with signatures.
      Files.writeString(
          terraform.file("main.tf"), CONFIGURATION.formatted("two", LAYER, "AWS_IAM", ""));
      terraform.apply();
      assertThat(configuration(simulator).at("/Layers/0/Arn").asText()).endsWith(":shared:2");
      JsonNode changed = call(simulator, "GetFunctionUrlConfig", "orders");
      assertThat(changed.path("FunctionUrl").asText()).isEqualTo(url);
      assertThat(changed.path("AuthType").asText()).isEqualTo("AWS_IAM");
      assertThat(changed.has("Cors")).isFalse();

      Files.writeString(
          terraform.file("main.tf"),
          CONFIGURATION.formatted("two", "", "AWS_IAM", "invoke_mode = \"RESPONSE_STREAM\""));
      terraform.apply();
      assertThat(configuration(simulator).has("Layers")).isFalse();

      terraform.run("destroy", "-auto-approve").succeeded("destroy");
      assertThat(call(simulator, "ListLayers", "").path("Layers")).isEmpty();
      assertThat(call(simulator, "ListFunctions", "").path("Functions")).isEmpty();
    }
  }

  private static JsonNode configuration(Simulator simulator) {
    return call(simulator, "GetFunctionConfiguration", "orders");
  }

  private static JsonNode call(Simulator simulator, String operation, String function) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    if (!function.isEmpty()) {
      input.put("FunctionName", function);
    }
    return simulator.dispatcher().call("lambda", operation, input, simulator.internalCall()).json();
  }
}
