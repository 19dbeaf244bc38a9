// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * Invocations of a function that does nothing, through the gateway: how long a cold and a warm one
 * take, and how many there are in a second. The client speaks HTTP over plain sockets that are kept
 * open, so that it takes little of the machine.
 *
 * <pre>
 * GatewayBenchmark [requests] [connections] [environments, 0 for one that takes all at once]
 *     [executor: process|in-process] [runtime: java21, python3.12, nodejs22.x, …]
 * </pre>
 */
public final class GatewayBenchmark {
  private static final int COLD_STARTS = 5;
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:nothing";
  private static final String SOURCE =
      """
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
      import java.io.IOException;
      import java.io.InputStream;
      import java.io.OutputStream;
      import java.nio.charset.StandardCharsets;

      public class Nothing implements RequestStreamHandler {
        private static final byte[] ANSWER =
            "{\\"statusCode\\":200,\\"body\\":\\"ok\\"}".getBytes(StandardCharsets.UTF_8);

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context)
            throws IOException {
          in.readAllBytes();
          out.write(ANSWER);
        }
      }
      """;

  private static final String PYTHON =
      """
      def handler(event, context):
          return {"statusCode": 200, "body": "ok"}
      """;
  private static final String NODE =
      """
      exports.handler = async () => ({ statusCode: 200, body: "ok" });
      """;

  private final Simulator simulator;
  private final ObjectMapper json = new ObjectMapper();

  private GatewayBenchmark(Simulator simulator) {
    this.simulator = simulator;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int requests = Integer.parseInt(argument(arguments, 0, "20000"));
    int connections = Integer.parseInt(argument(arguments, 1, "32"));
    int environments = Integer.parseInt(argument(arguments, 2, "0"));
    FunctionExecutor executor =
        argument(arguments, 3, "process").equals("process")
            ? FunctionExecutor.PROCESS
            : FunctionExecutor.IN_PROCESS;
    Path directory = Files.createTempDirectory("syncline-benchmark");
    SimulatorConfig config =
        SimulatorConfig.defaults(directory)
            .withClock(new ClockMode.Real())
            .withExecutor(executor, Math.max(1, environments));
    try (Simulator simulator = Simulator.start(config)) {
      var benchmark = new GatewayBenchmark(simulator);
      String path =
          benchmark.deploy(
              directory, argument(arguments, 4, "java21"), environments == 0 ? connections : 1);
      benchmark.cold(path);
      new HttpLoad(simulator.endpoint(), path).runAll(requests, connections);
    }
  }

  private String deploy(Path directory, String runtime, int perEnvironment) throws IOException {
    ObjectNode function =
        call(
            "lambda",
            "CreateFunction",
            """
            {"FunctionName": "nothing", "Runtime": "%s", "Handler": "%s",
             "MemorySize": 512, "Timeout": 30, "Role": "arn:aws:iam::111111111111:role/r",
             "Code": {"ZipFile": "%s"}%s}
            """
                .formatted(
                    runtime,
                    runtime.startsWith("java") ? "Nothing" : "nothing.handler",
                    zip(directory, runtime),
                    runtime.startsWith("java") ? shared(perEnvironment) : ""));
    call(
        "lambda",
        "AddPermission",
        """
        {"FunctionName": "%s", "StatementId": "api", "Action": "lambda:InvokeFunction",
         "Principal": "apigateway.amazonaws.com"}
        """
            .formatted(function.get("FunctionArn").asText()));
    String api =
        call("apigateway", "CreateRestApi", "{\"name\": \"benchmark\"}").get("id").asText();
    String root =
        call("apigateway", "GetResources", "{\"restApiId\": \"" + api + "\"}")
            .get("item")
            .get(0)
            .get("id")
            .asText();
    String method =
        "{\"restApiId\": \""
            + api
            + "\", \"resourceId\": \""
            + root
            + "\", \"httpMethod\": \"POST\"";
    call("apigateway", "PutMethod", method + ", \"authorizationType\": \"NONE\"}");
    call(
        "apigateway",
        "PutIntegration",
        method
            + ", \"type\": \"AWS_PROXY\", \"integrationHttpMethod\": \"POST\", \"uri\":"
            + " \"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            + FUNCTION
            + "/invocations\"}");
    call(
        "apigateway",
        "CreateDeployment",
        "{\"restApiId\": \"" + api + "\", \"stageName\": \"dev\"}");
    return "/restapis/" + api + "/dev/_user_request_/";
  }

  private static String shared(int perEnvironment) {
    return """
    , "CapacityProviderConfig": {"LambdaManagedInstancesCapacityProviderConfig":
      {"CapacityProviderArn": "arn:aws:lambda:us-east-1:111111111111:capacity-provider:shared",
       "PerExecutionEnvironmentMaxConcurrency": %d}}
    """
        .formatted(perEnvironment);
  }

  /** Each time the function's configuration has just changed, which ends its environments. */
  private void cold(String path) throws IOException {
    double[] millis = new double[COLD_STARTS];
    for (int i = 0; i < COLD_STARTS; i++) {
      call(
          "lambda",
          "UpdateFunctionConfiguration",
          "{\"FunctionName\": \"nothing\", \"Description\": \"" + i + "\"}");
      try (var connection = new PlainConnection(simulator.endpoint())) {
        long from = System.nanoTime();
        connection.post(path, "{}");
        millis[i] = (System.nanoTime() - from) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "cold                     %6d invocations  p50 %7.2f ms  max %7.2f ms%n",
        COLD_STARTS,
        millis[COLD_STARTS / 2],
        millis[COLD_STARTS - 1]);
  }

  private ObjectNode call(String service, String operation, String input) throws IOException {
    return (ObjectNode)
        simulator
            .dispatcher()
            .call(service, operation, (ObjectNode) json.readTree(input), simulator.internalCall())
            .json();
  }

  private static String zip(Path directory, String runtime) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      if (runtime.startsWith("python")) {
        entry(zip, "nothing.py", PYTHON.getBytes(StandardCharsets.UTF_8));
      } else if (runtime.startsWith("nodejs")) {
        entry(zip, "nothing.js", NODE.getBytes(StandardCharsets.UTF_8));
      } else {
        entry(zip, "Nothing.class", compiled(directory));
      }
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] compiled(Path directory) throws IOException {
    Path source = Files.writeString(directory.resolve("Nothing.java"), SOURCE);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                directory.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--release",
                "21",
                source.toString());
    if (status != 0) {
      throw new IllegalStateException("the function does not compile");
    }
    return Files.readAllBytes(directory.resolve("Nothing.class"));
  }

  private static String argument(String[] arguments, int index, String fallback) {
    return arguments.length > index ? arguments[index] : fallback;
  }
}
