// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.syncline.sim.lambda.process.ProcessOptions;
import dev.syncline.sim.lambda.process.RuntimeInterfaceClient;
import dev.syncline.sim.lambda.process.java.JavaFamily;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway before real child processes, on skipping time. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class GatewayWithProcessesTest {

  /** Answers with the path it was called by; runs in the child. */
  public static final class PathEcho implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int start = event.indexOf("\"path\":\"") + 8;
      String path = event.substring(start, event.indexOf('"', start));
      if (path.endsWith("hang")) {
        try {
          new java.util.concurrent.CountDownLatch(1).await();
        } catch (InterruptedException killed) {
          throw new IOException(killed);
        }
      }
      out.write(
          ("{\"statusCode\":200,\"body\":\"" + path + "\"}").getBytes(StandardCharsets.UTF_8));
    }
  }

  @TempDir Path directory;
  private Gateway gateway;
  private String api = "";

  @BeforeEach
  void start() {
    gateway =
        new Gateway(
            directory,
            JavaFamily.environments(
                RuntimeInterfaceClient.unpack(directory.resolve("runtime")),
                ProcessOptions.defaults(directory.resolve("tmp"), Map::of)));
    create("one", 1, 60);
    create("many", 16, 60);
    create("short", 1, 2);
    api = gateway.api("");
    for (String function : new String[] {"one", "many", "short"}) {
      String id = gateway.resource(api, function, "{proxy+}");
      gateway.method(api, id, "ANY", "");
      gateway.proxy(api, id, "ANY", function, "");
      gateway.permit(function);
    }
    gateway.deploy(api);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void oneEnvironmentAnswersManyAtOnceAndEachGetsItsOwn() throws Exception {
    var answers = new ArrayList<CompletableFuture<String>>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 500; i++) {
        String path = "/many/" + i;
        answers.add(
            CompletableFuture.supplyAsync(
                () -> path + " " + Gateway.text(gateway.send(api, "POST", path, "{}")), threads));
      }
    }

    assertThat(answers)
        .allSatisfy(
            answer -> {
              String[] parts = answer.get().split(" ");
              assertThat(parts[1]).isEqualTo(parts[0]);
            });
    assertThat(gateway.lambda.environments()).isEqualTo(1);
  }

  @Test
  void aFunctionThatTimesOutIs502AndRealTimeRunsAgainstIt() {
    HttpResponse response = gateway.send(api, "POST", "/short/hang", "{}");

    assertThat(response.status()).isEqualTo(502);
    assertThat(gateway.clock.skipped()).isLessThan(Duration.ofSeconds(2));
    assertThat(gateway.logs).anyMatch(line -> line.contains("Status: timeout"));
    assertThat(gateway.send(api, "POST", "/short/again", "{}").status()).isEqualTo(200);
  }

  @Test
  void oneWarmEnvironmentAnswersOneRequestAfterTheOther() {
    gateway.send(api, "POST", "/one/warm", "{}");
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      statuses.add(gateway.send(api, "POST", "/one/" + i, "{}").status());
    }
    assertThat(statuses).containsOnly(200);
    assertThat(gateway.lambda.environments()).isEqualTo(1);
  }

  private void create(String name, int concurrency, int timeout) {
    String capacity =
        concurrency == 1
            ? ""
            : ", 'CapacityProviderConfig': {'LambdaManagedInstancesCapacityProviderConfig':"
                + " {'CapacityProviderArn':"
                + " 'arn:aws:lambda:us-east-1:111111111111:capacity-provider:p',"
                + " 'PerExecutionEnvironmentMaxConcurrency': "
                + concurrency
                + "}}";
    gateway.call(
        "lambda",
        "CreateFunction",
        "{'FunctionName': '"
            + name
            + "', 'Runtime': 'java21', 'MemorySize': 256, 'Timeout': "
            + timeout
            + ", 'Role': 'arn:aws:iam::111111111111:role/r', 'Handler': '"
            + PathEcho.class.getName()
            + "', 'Code': {'ZipFile': '"
            + zip()
            + "'}"
            + capacity
            + "}");
  }

  private static String zip() {
    String file = PathEcho.class.getName().replace('.', '/') + ".class";
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes);
        InputStream code = PathEcho.class.getClassLoader().getResourceAsStream(file)) {
      if (code == null) {
        throw new IllegalStateException("no " + file);
      }
      zip.putNextEntry(new ZipEntry(file));
      code.transferTo(zip);
      zip.closeEntry();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
