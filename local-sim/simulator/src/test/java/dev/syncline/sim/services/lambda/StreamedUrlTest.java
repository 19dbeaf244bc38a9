// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.testing.WholeSimulator;
import dev.syncline.testing.TestZip;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Node.js function with a layer that streams its answer through its URL. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamedUrlTest {
  /** Goes on when the file that the query names is there: the client has the first part by then. */
  private static final String CODE =
      """
      const fs = require('fs');
      const layer = require('from-layer');
      exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        const query = event.queryStringParameters;
        if (query.plain) {
          stream.setContentType('text/plain');
        } else {
          stream = awslambda.HttpResponseStream.from(stream, {
            statusCode: 207, headers: {'x-layer': layer.name}, cookies: ['a=b'] });
        }
        stream.write('first');
        while (!fs.existsSync(query.file)) await new Promise(go => setTimeout(go, 10));
        if (query.fail) throw new Error('late');
        stream.write('second');
        stream.end();
      });
      """;

  @TempDir Path work;

  @Test
  void theClientGetsEachPartWhenTheFunctionWritesIt() throws Exception {
    requireNode();
    SimulatorConfig config =
        SimulatorConfig.defaults(work.resolve("work"))
            .withPort(0, -1)
            .withClock(new ClockMode.Real())
            .withProactive(false);
    try (var aws = new WholeSimulator(config);
        HttpClient client = HttpClient.newHttpClient()) {
      String url = deployed(aws);

      HttpResponse<InputStream> whole = ask(client, url, "whole", "");
      assertThat(whole.statusCode()).isEqualTo(207);
      assertThat(whole.headers().firstValue("x-layer")).hasValue("the layer");
      assertThat(whole.headers().firstValue("Set-Cookie")).hasValue("a=b");
      assertThat(whole.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
      assertThat(new String(whole.body().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
      Files.createFile(work.resolve("whole"));
      assertThat(new String(whole.body().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("second");

      HttpResponse<InputStream> failed = ask(client, url, "failed", "&plain=1&fail=1");
      assertThat(failed.statusCode()).isEqualTo(200);
      assertThat(failed.headers().firstValue("Content-Type")).hasValue("text/plain");
      assertThat(failed.body().readNBytes(5)).hasSize(5);
      Files.createFile(work.resolve("failed"));
      assertThatThrownBy(() -> failed.body().readAllBytes())
          .as("a body that is cut off")
          .isInstanceOf(IOException.class);
    }
  }

  private HttpResponse<InputStream> ask(HttpClient client, String url, String file, String more)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + "?file=" + work.resolve(file) + more)).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String deployed(WholeSimulator aws) {
    String layer = zip("nodejs/node_modules/from-layer/index.js", "exports.name = 'the layer';");
    String arn =
        aws.call(
                "lambda",
                "PublishLayerVersion",
                "{'LayerName':'l','Content':{'ZipFile':'" + layer + "'}}")
            .path("LayerVersionArn")
            .asText();
    aws.call(
        "lambda",
        "CreateFunction",
        "{'FunctionName':'f','Runtime':'nodejs20.x','Handler':'index.handler','Timeout':30,"
            + "'Role':'arn:aws:iam::111111111111:role/r','Layers':['"
            + arn
            + "'],'Code':{'ZipFile':'"
            + zip("index.js", CODE)
            + "'}}");
    aws.call(
        "lambda",
        "AddPermission",
        "{'FunctionName':'f','StatementId':'u','Action':'lambda:InvokeFunctionUrl',"
            + "'Principal':'*','FunctionUrlAuthType':'NONE'}");
    aws.call(
        "lambda",
        "AddPermission",
        "{'FunctionName':'f','StatementId':'i','Action':'lambda:InvokeFunction',"
            + "'Principal':'*','InvokedViaFunctionUrl':true}");
    String url =
        aws.call(
                "lambda",
                "CreateFunctionUrlConfig",
                "{'FunctionName':'f','AuthType':'NONE','InvokeMode':'RESPONSE_STREAM'}")
            .path("FunctionUrl")
            .asText();
    String id = URI.create(url).getHost().split("\\.", 2)[0];
    return aws.simulator.endpoint() + "/_aws/lambda-url/" + id + "/";
  }

  private static String zip(String name, String text) {
    return Base64.getEncoder()
        .encodeToString(TestZip.of(Map.of(name, text.getBytes(StandardCharsets.UTF_8))));
  }

  private static void requireNode() {
    Assumptions.assumeTrue(
        FunctionExecutor.PROCESS.runsOn(dev.syncline.sim.kernel.HostPlatform.current()),
        "child processes need Linux on x86-64 or arm64");
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "node")));
    Assumptions.assumeTrue(there, "node is not installed");
  }
}
