// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of a deployment; read once, by {@link #deployment}.
 *
 * <p>A distribution is a directory with {@code artifacts/template.yaml}, which is deployed by
 * default, and other files beside it, which are uploaded under their own names.
 */
final class DeploymentOptions {
  /** The system property that names the distribution's directory; the launcher sets it. */
  static final String DISTRIBUTION = "syncline.dist";

  private static final String BUCKET_PARAMETER = "ArtifactBucket";
  private static final String PROVIDER_PARAMETER = "CapacityProviderArn";
  private static final String LOCAL_PROVIDER =
      "arn:aws:lambda:us-east-1:111111111111:capacity-provider:local";
  private static final String RESULTS_PARAMETER = "ResultBucket";
  private static final String TEMPORAL = "temporal";
  private static final String HTTP = "http";
  private static final List<String> BACKENDS =
      List.of("stepfunctions", "express", "worker", "sqs", TEMPORAL, HTTP);

  /** Backends that keep the state of work themselves, or whose state cannot be polled. */
  private static final Set<String> WITHOUT_RESULTS = Set.of("stepfunctions", "express", TEMPORAL);

  private static final Pattern ADDRESS = Pattern.compile("[^\\s:/]+:\\d{1,5}");
  private static final Pattern STACK_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--backend",
      paramLabel = "KIND",
      description =
          "Who does the work: stepfunctions (a workflow; the template's default), express (an"
              + " Express workflow that is waited for), worker (a function), sqs (the function"
              + " behind a queue), temporal (a Temporal worker) or http (a worker of yours; see the"
              + " parameters WorkerUrl and WorkerStatusUrl). Given to the template as its parameter"
              + " Backend.")
  private @Nullable String backend;

  @Option(
      names = "--temporal-address",
      paramLabel = "HOST:PORT",
      description =
          "With --backend temporal: the address of the cluster. Default: Temporal's test server,"
              + " which is started too and keeps no state after its end.")
  private @Nullable String temporalAddress;

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description = "The CloudFormation template to deploy, in place of the shipped one.")
  private @Nullable Path template;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description =
          "A parameter of the template. Repeatable. Filled in unless given, where the template has"
              + " them: ArtifactBucket, and CapacityProviderArn, so that one environment of the"
              + " bridge handles many concurrent requests; with CapacityProviderArn= each has its"
              + " own.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--upload",
      paramLabel = "KEY=FILE",
      description =
          "A file to put into the bucket " + Deployment.BUCKET + " before deploying. Repeatable.")
  private Map<String, Path> uploads = new LinkedHashMap<>();

  @Option(
      names = "--stack-name",
      paramLabel = "NAME",
      description = "The stack's name. Default: ${DEFAULT-VALUE}.")
  private String stackName = "syncline";

  /** Whether an option of a deployment was given. */
  boolean given() {
    return backend != null
        || temporalAddress != null
        || template != null
        || !parameters.isEmpty()
        || !uploads.isEmpty();
  }

  /** Whether the shipped template is deployed. */
  boolean isShipped() {
    return template == null;
  }

  /** Whether the work is done by an HTTP service of the user. */
  boolean usesHttp() {
    return HTTP.equals(backend);
  }

  /** Whether Temporal runs the work. */
  boolean usesTemporal() {
    return TEMPORAL.equals(backend);
  }

  /** The Temporal cluster to use; null to start one. */
  @Nullable String temporalAddress() {
    return temporalAddress;
  }

  /** The distribution's directory; null without a distribution. */
  static @Nullable Path distribution() {
    String directory = System.getProperty(DISTRIBUTION);
    return directory == null ? null : Path.of(directory);
  }

  /**
   * The deployment.
   *
   * @throws ParameterException when an option is invalid
   * @throws Failure when there is no template
   */
  Deployment deployment() {
    require("--stack-name", STACK_NAME.matcher(stackName).matches(), stackName);
    if (backend != null) {
      require("--backend", BACKENDS.contains(backend), backend);
    }
    if (temporalAddress != null) {
      require("--temporal-address (only with --backend temporal)", usesTemporal(), temporalAddress);
      require("--temporal-address", ADDRESS.matcher(temporalAddress).matches(), temporalAddress);
    }
    var files = new TreeMap<String, Path>();
    Path artifacts = artifacts();
    if (artifacts != null) {
      addShipped(artifacts, files);
    }
    uploads.forEach(
        (key, file) -> {
          if (!Files.isRegularFile(file)) {
            throw new ParameterException(
                command.commandLine(), "--upload " + key + ": there is no file " + file);
          }
          files.put(key, file);
        });
    Path source = templateFile(artifacts);
    String text = read(source);
    var values = new LinkedHashMap<String, String>();
    if (declares(text, BUCKET_PARAMETER)) {
      values.put(BUCKET_PARAMETER, Deployment.BUCKET);
    }
    // One machine cannot run an environment for each request that is held at once, as Lambda would.
    if (declares(text, PROVIDER_PARAMETER)) {
      values.put(PROVIDER_PARAMETER, LOCAL_PROVIDER);
    }
    if (backend != null) {
      values.put("Backend", backend);
      if (!WITHOUT_RESULTS.contains(backend) && declares(text, RESULTS_PARAMETER)) {
        values.put(RESULTS_PARAMETER, Deployment.BUCKET);
      }
    }
    for (String name : parameters.keySet()) {
      require("--parameter (the name before the =)", !name.isBlank(), name);
    }
    values.putAll(parameters);
    return new Deployment(stackName, source.toString(), text, values, files);
  }

  private Path templateFile(@Nullable Path artifacts) {
    if (template != null) {
      if (!Files.isRegularFile(template)) {
        throw new ParameterException(
            command.commandLine(), "--template: there is no file " + template);
      }
      return template;
    }
    if (artifacts == null || !Files.isRegularFile(artifacts.resolve("template.yaml"))) {
      throw new Failure(
          "there is no template to deploy: give one with --template FILE, or run through the"
              + " launcher ./syncline, which builds the shipped one");
    }
    return artifacts.resolve("template.yaml");
  }

  private static @Nullable Path artifacts() {
    String distribution = System.getProperty(DISTRIBUTION);
    if (distribution == null) {
      return null;
    }
    Path artifacts = Path.of(distribution, "artifacts");
    return Files.isDirectory(artifacts) ? artifacts : null;
  }

  private static void addShipped(Path artifacts, Map<String, Path> files) {
    try (DirectoryStream<Path> shipped = Files.newDirectoryStream(artifacts)) {
      for (Path file : shipped) {
        if (!file.endsWith("template.yaml")) {
          files.put(String.valueOf(file.getFileName()), file);
        }
      }
    } catch (IOException unreadable) {
      throw new Failure("cannot list " + artifacts + ": " + Failure.reason(unreadable));
    }
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException notText) {
      throw new ParameterException(
          command.commandLine(), "--template: " + file + " is not UTF-8 text");
    } catch (IOException unreadable) {
      throw new Failure("cannot read " + file + ": " + Failure.reason(unreadable));
    }
  }

  /**
   * Whether the template has such a parameter, by a search of its text: the CLI does not parse
   * templates.
   */
  private static boolean declares(String text, String parameter) {
    return Pattern.compile("(?m)^\\s*\"?" + parameter + "\"?\\s*:").matcher(text).find();
  }

  private void require(String option, boolean holds, String value) {
    if (!holds) {
      String expected =
          option.equals("--backend")
              ? "one of " + String.join(", ", BACKENDS)
              : option.equals("--temporal-address")
                  ? "host:port"
                  : "letters, digits and dashes, beginning with a letter";
      throw new ParameterException(
          command.commandLine(), option + " must be " + expected + ", got '" + value + "'");
    }
  }
}
