// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.simulator.Simulator;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Follows the steps of {@code docs/your-own-backend.md} with its files. */
@Timeout(300)
class OwnBackendTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXAMPLES = "examples/own-backend/";

  @TempDir Path directory;

  private static void itPricesOrders(Map<String, String> parameters, Map<String, byte[]> uploads)
      throws Exception {
    try (Simulator simulator = Simulator.start(Deployed.config());
        Deployed deployed = Deployed.deploy(simulator, parameters, uploads)) {
      itPricesOrders(deployed);
    }
  }

  private static void itPricesOrders(Deployed deployed) throws Exception {
    HttpResponse<String> priced = deployed.post("{\"quantity\":3}", "Idempotency-Key", "order-1");
    assertThat(priced.statusCode()).as(priced.body()).isEqualTo(200);
    assertThat(JSON.readTree(priced.body()).path("total").asDouble()).isEqualTo(37.5);
    HttpResponse<String> repeated = deployed.post("{\"quantity\":3}", "Idempotency-Key", "order-1");
    assertThat(repeated.body()).isEqualTo(priced.body());

    HttpResponse<String> failed = deployed.post("{\"amount\":3}");
    assertThat(failed.statusCode()).as(failed.body()).isEqualTo(502);
    assertThat(failed.body()).contains("work-failed").contains("quantity");
  }

  @Test
  void aWorkflow() throws Exception {
    byte[] workflow = Repository.bytes(EXAMPLES + "workflow.asl.json");
    itPricesOrders(Map.of(), Map.of("workflow.asl.json", workflow));
  }

  @Test
  void anHttpService() throws Exception {
    Process service =
        new ProcessBuilder("python3", Repository.path(EXAMPLES + "worker.py").toString(), "0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
      String url = "http://127.0.0.1:" + out.readLine() + "/jobs";
      itPricesOrders(Map.of("Backend", "http", "WorkerUrl", url), Map.of());
    } finally {
      service.destroyForcibly();
    }
  }

  /** A package with the class, and the worker's jar in {@code lib/}; without a delay. */
  @Test
  void aJavaClass() throws Exception {
    itPricesOrders(
        Map.of("Backend", "worker", "WorkClass", "example.PriceOrder"),
        Map.of("backend-worker.jar", ownPackage()));
  }

  private byte[] ownPackage() throws Exception {
    Path worker = Repository.path("backend-worker/target/backend-worker.jar");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(
            null,
            null,
            null,
            "--release",
            "21",
            "-cp",
            worker.toString(),
            "-d",
            directory.toString(),
            Repository.path(EXAMPLES + "PriceOrder.java").toString());
    assertThat(status).as("javac").isZero();
    Map<String, Path> entries = new HashMap<>();
    entries.put("example/PriceOrder.class", directory.resolve("example/PriceOrder.class"));
    entries.put("lib/backend-worker.jar", worker);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : List.copyOf(entries.keySet())) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(Files.readAllBytes(entries.get(name)));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
