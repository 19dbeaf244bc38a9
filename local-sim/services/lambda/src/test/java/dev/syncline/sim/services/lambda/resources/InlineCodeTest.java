// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The zip of inline code, and the module with which it answers custom resources. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InlineCodeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Answer(String method, String query, String type, JsonNode body) {}

  @TempDir Path directory;

  private static List<String> files(String runtime, String source, Path target) throws IOException {
    ObjectNode properties = JSON.createObjectNode().put("Runtime", runtime);
    properties.putObject("Code").put("ZipFile", source);
    byte[] zip = Base64.getDecoder().decode(InlineCode.packed(properties).get("ZipFile").asText());
    var names = new ArrayList<String>();
    try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
      ZipEntry entry = entries.getNextEntry();
      while (entry != null) {
        names.add(entry.getName());
        Files.write(target.resolve(entry.getName()), entries.readAllBytes());
        entry = entries.getNextEntry();
      }
    }
    return names;
  }

  /** Runs a program that answers the request in its argument. */
  private Answer answer(String... command) throws Exception {
    assumeTrue(
        List.of(System.getenv("PATH").split(File.pathSeparator, -1)).stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(command[0]))),
        command[0] + " is not installed");
    var answer = new CompletableFuture<Answer>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/",
        exchange -> {
          answer.complete(
              new Answer(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getRawQuery(),
                  String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                  JSON.readTree(exchange.getRequestBody().readAllBytes())));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/a%7Cb?X-Amz-Signature=s";
      var all = new ArrayList<>(List.of(command));
      all.add(
          JSON.createObjectNode()
              .put("ResponseURL", url)
              .put("StackId", "stack")
              .put("RequestId", "request")
              .put("LogicalResourceId", "logical")
              .toString());
      Process process =
          new ProcessBuilder(all).directory(directory.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      assertThat(output).contains("Response body:", "Status code: 200").doesNotContain("Signature");
      return answer.get(10, TimeUnit.SECONDS);
    } finally {
      server.stop(0);
    }
  }

  private static void assertAnswer(Answer answer, String physicalId) throws IOException {
    assertThat(answer.method()).isEqualTo("PUT");
    assertThat(answer.query()).isEqualTo("X-Amz-Signature=s");
    assertThat(answer.type()).isEmpty();
    assertThat(answer.body())
        .isEqualTo(
            JSON.readTree(
                """
                {"Status":"SUCCESS","Reason":"See the details in CloudWatch Log Stream: the-stream",
                "PhysicalResourceId":"%s","StackId":"stack","RequestId":"request",
                "LogicalResourceId":"logical","NoEcho":false,"Data":{"A":"b"}}
                """
                    .formatted(physicalId)));
  }

  @Test
  void sourceWithoutTheModuleIsOneFile() throws IOException {
    assertThat(files("nodejs22.x", "exports.handler = 1;", directory)).containsExactly("index.js");
    assertThat(files("python3.12", "handler = 1", directory)).containsExactly("index.py");
  }

  @Test
  void nodeAnswersACustomResource() throws Exception {
    String source =
        """
        const response = require('./cfn-response');
        const context = { logStreamName: 'the-stream', done: () => console.log('done') };
        response.send(JSON.parse(process.argv[2]), context, response.SUCCESS, { A: 'b' });
        """;
    assertThat(files("nodejs22.x", source, directory))
        .containsExactly("index.js", "cfn-response.js");

    assertAnswer(answer("node", "index.js"), "the-stream");
  }

  @Test
  void pythonAnswersACustomResource() throws Exception {
    String source =
        """
        import json, sys, types
        import cfnresponse
        context = types.SimpleNamespace(log_stream_name="the-stream")
        cfnresponse.send(json.loads(sys.argv[1]), context, cfnresponse.SUCCESS, {"A": "b"}, "mine")
        """;
    assertThat(files("python3.12", source, directory))
        .containsExactly("index.py", "cfnresponse.py");

    assertAnswer(answer("python3", "index.py"), "mine");
  }
}
