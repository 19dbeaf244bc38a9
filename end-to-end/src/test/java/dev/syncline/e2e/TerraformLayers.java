// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.testing.TestZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Layers and function URLs. */
final class TerraformLayers implements TerraformPart {
  private static final String CONFIGURATION =
      """
      resource "aws_lambda_layer_version" "shared" {
        layer_name               = "shared"
        filename                 = "${path.module}/layer.zip"
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
        filename      = "${path.module}/code.zip"
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

  private static final ObjectNode ORDERS = Applied.object().put("FunctionName", "orders");

  private String url = "";

  @Override
  public String name() {
    return "layers";
  }

  @Override
  public List<String> steps() {
    return List.of(
        CONFIGURATION.formatted("one", LAYER, "NONE", CORS),
        CONFIGURATION.formatted("two", LAYER, "AWS_IAM", ""),
        CONFIGURATION.formatted("two", "", "AWS_IAM", "invoke_mode = \"RESPONSE_STREAM\""));
  }

  @Override
  public void prepare(Path directory) throws IOException {
    Files.write(directory.resolve("layer.zip"), TestZip.of("java/lib/readme.txt", "one"));
    Files.write(directory.resolve("code.zip"), TestZip.of("readme.txt", "code"));
  }

  @Override
  public void check(int step, Applied applied) {
    JsonNode function = applied.call("lambda", "GetFunctionConfiguration", ORDERS.deepCopy());
    switch (step) {
      case 0 -> {
        assertThat(applied.output("version")).isEqualTo("1");
        url = applied.output("url");
        assertThat(url).matches("https://[a-z0-9]{32}\\.lambda-url\\.us-east-1\\.on\\.aws/");
        assertThat(function.at("/Layers/0/Arn").asText()).endsWith(":shared:1");
      }
      case 1 -> {
        // A layer is replaced: its number goes on. The URL stays, without CORS.
        assertThat(function.at("/Layers/0/Arn").asText()).endsWith(":shared:2");
        JsonNode changed = applied.call("lambda", "GetFunctionUrlConfig", ORDERS.deepCopy());
        assertThat(changed.path("FunctionUrl").asText()).isEqualTo(url);
        assertThat(changed.path("AuthType").asText()).isEqualTo("AWS_IAM");
        assertThat(changed.has("Cors")).isFalse();
      }
      default -> assertThat(function.has("Layers")).isFalse();
    }
  }
}
