// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs AWS's own clients against an endpoint: the CLI, and Python with boto3. Tests that need one
 * that is not installed are skipped, saying so.
 *
 * @param endpoint such as {@code http://127.0.0.1:4566}
 * @param directory for their output and, empty, in place of the user's configuration
 */
public record AwsCli(String endpoint, String region, Path directory) {
  private static final long MAX_SECONDS = 240;

  /** The exit status and the output of a process. */
  public record Result(int exit, String out, String err) {
    /** The standard output as JSON. */
    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(out);
      } catch (IOException notJson) {
        throw new AssertionError("not JSON: " + this, notJson);
      }
    }
  }

  /** Skips the calling test when the AWS CLI is not installed. */
  public static void assumeInstalled() {
    assumeTrue(runs("aws", "--version"), "skipped: the AWS CLI ('aws') is not installed");
  }

  /** Skips the calling test when Python with boto3 is not installed. */
  public static void assumeBoto3() {
    assumeTrue(
        runs("python3", "-c", "import boto3"), "skipped: python3 with boto3 is not installed");
  }

  /** Runs {@code aws} with the arguments. */
  public Result run(String... arguments) {
    var command = new ArrayList<String>(List.of("aws", "--output", "json"));
    command.addAll(List.of("--endpoint-url", endpoint, "--region", region));
    command.addAll(List.of(arguments));
    return process(command);
  }

  /** Runs {@code aws} and fails unless it succeeds. */
  public Result ok(String... arguments) {
    Result result = run(arguments);
    if (result.exit != 0) {
      throw new AssertionError("aws " + String.join(" ", arguments) + " failed: " + result);
    }
    return result;
  }

  /**
   * Runs a Python script in which {@code client(name)} makes a boto3 client and {@code
   * refused(call, code)} checks that a call is refused with an error code; fails unless the script
   * succeeds.
   */
  public Result python(String script) {
    String prelude =
        """
        import boto3, os, json
        from botocore.config import Config
        from botocore.exceptions import ClientError
        def client(name, **more):
            return boto3.client(name, endpoint_url=os.environ['ENDPOINT'],
                config=Config(retries={'max_attempts': 1}, **more))
        def refused(call, code):
            try:
                call()
            except ClientError as error:
                assert error.response['Error']['Code'] == code, error.response
                return error.response
            raise AssertionError('not refused, expected ' + code)
        """;
    try {
      Path file = Files.createTempFile(directory, "script", ".py");
      Files.writeString(file, prelude + script);
      Result result = process(List.of("python3", file.toString()));
      if (result.exit != 0) {
        throw new AssertionError(result.err + result.out);
      }
      return result;
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private Result process(List<String> command) {
    try {
      Path out = Files.createTempFile(directory, "out", ".txt");
      Path err = Files.createTempFile(directory, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.contains("_proxy"));
      environment.keySet().removeIf(name -> name.endsWith("_PROXY"));
      environment.put("AWS_ACCESS_KEY_ID", "test");
      environment.put("AWS_SECRET_ACCESS_KEY", "test");
      environment.put("AWS_DEFAULT_REGION", region);
      environment.put("AWS_MAX_ATTEMPTS", "1");
      environment.put("AWS_EC2_METADATA_DISABLED", "true");
      environment.put("AWS_PAGER", "");
      environment.put("AWS_CONFIG_FILE", directory.resolve("no-config").toString());
      environment.put(
          "AWS_SHARED_CREDENTIALS_FILE", directory.resolve("no-credentials").toString());
      environment.put("ENDPOINT", endpoint);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("took more than " + MAX_SECONDS + " s: " + command);
      }
      return new Result(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new AssertionError("cannot run " + command, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
