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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
 *     [executor: process|in-process]
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
      String path = benchmark.deploy(directory, environments == 0 ? connections : 1);
      benchmark.cold(path);
      benchmark.run("warm-up", path, Math.min(requests, 10_000), connections);
      benchmark.run("warm, one at a time", path, Math.min(requests, 5_000), 1);
      for (int round = 1; round <= 3; round++) {
        benchmark.run("warm, " + connections + " connections", path, requests, connections);
      }
    }
  }

  private String deploy(Path directory, int perEnvironment) throws IOException {
    ObjectNode function =
        call(
            "lambda",
            "CreateFunction",
            """
            {"FunctionName": "nothing", "Runtime": "java21", "Handler": "Nothing",
             "MemorySize": 512, "Timeout": 30, "Role": "arn:aws:iam::111111111111:role/r",
             "Code": {"ZipFile": "%s"}, "CapacityProviderConfig":
               {"LambdaManagedInstancesCapacityProviderConfig":
                 {"CapacityProviderArn":
                    "arn:aws:lambda:us-east-1:111111111111:capacity-provider:shared",
                  "PerExecutionEnvironmentMaxConcurrency": %d}}}
            """
                .formatted(zip(directory), perEnvironment));
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

  private void run(String title, String path, int requests, int connections) throws Exception {
    double[] millis = new double[requests];
    var next = new AtomicInteger();
    var wrong = new AtomicInteger();
    var ready = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (var connection = new PlainConnection(simulator.endpoint())) {
                      ready.await();
                      int number = next.getAndIncrement();
                      while (number < requests) {
                        long from = System.nanoTime();
                        if (connection.post(path, "{\"number\":" + number + "}").status() != 200) {
                          wrong.incrementAndGet();
                        }
                        millis[number] = (System.nanoTime() - from) / 1e6;
                        number = next.getAndIncrement();
                      }
                    } catch (IOException | InterruptedException failed) {
                      wrong.incrementAndGet();
                    }
                  }));
    }
    long begun = System.nanoTime();
    ready.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-24s %6d invocations  p50 %7.2f ms  p99 %7.2f ms  %7.0f/s  %d wrong%n",
        title,
        requests,
        millis[requests / 2],
        millis[(int) Math.min(requests - 1, requests * 0.99)],
        requests / seconds,
        wrong.get());
  }

  private ObjectNode call(String service, String operation, String input) throws IOException {
    return (ObjectNode)
        simulator
            .dispatcher()
            .call(service, operation, (ObjectNode) json.readTree(input), simulator.internalCall())
            .json();
  }

  private static String zip(Path directory) throws IOException {
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
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("Nothing.class"));
      zip.write(Files.readAllBytes(directory.resolve("Nothing.class")));
      zip.closeEntry();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String argument(String[] arguments, int index, String fallback) {
    return arguments.length > index ? arguments[index] : fallback;
  }
}
