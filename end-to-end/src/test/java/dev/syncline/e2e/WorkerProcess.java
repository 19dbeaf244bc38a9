// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code java -jar backend-worker.jar} against a deployment. */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts one, with these variables beside those that every worker needs. */
  static WorkerProcess start(Deployed deployed, Map<String, String> variables) throws IOException {
    Path log = Files.createTempFile("backend-worker", ".log");
    var builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-jar",
            Repository.path("backend-worker/target/backend-worker.jar").toString());
    Map<String, String> environment = builder.environment();
    environment.put("APPSYNC_HTTP_HOST", deployed.output("AppSyncHost"));
    environment.put("APPSYNC_API_KEY_SECRET_ARN", deployed.output("SecretsManagerArn"));
    environment.put("AWS_ENDPOINT_URL", deployed.simulator().endpoint().toString());
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("WORKER_DELAY_MS", "0");
    environment.put("WORKER_VISIBILITY_MS", "3000");
    environment.put("RESULT_BUCKET", Deployed.BUCKET);
    environment.putAll(variables);
    return new WorkerProcess(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** Its log. */
  String log() throws IOException {
    return Files.readString(log);
  }

  /** Sends SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM and waits for its end. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the worker does not end");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
    Files.deleteIfExists(log);
  }
}
