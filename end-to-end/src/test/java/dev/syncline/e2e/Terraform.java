// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The unmodified terraform command in a copy of this repository's directories, with the provider
 * from a local directory, so that nothing is downloaded.
 */
final class Terraform {
  /** Says where the provider is, when none of the usual directories has it. */
  static final String PLUGINS_VARIABLE = "SYNCLINE_TERRAFORM_PLUGINS";

  private static final String PROVIDER = "registry.terraform.io/hashicorp/aws";
  private static final String PROVIDER_BLOCK =
      """
      terraform {
        required_providers {
          aws = { source = "hashicorp/aws" }
        }
      }

      provider "aws" {
        region                      = "us-east-1"
        s3_use_path_style           = true
        skip_credentials_validation = true
        skip_metadata_api_check     = true
        skip_requesting_account_id  = true
      }
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Path scratch;
  private final Map<String, String> environment;

  private Terraform(Path directory, Path scratch, Map<String, String> environment) {
    this.directory = directory;
    this.scratch = scratch;
    this.environment = environment;
  }

  /** The result of a run. */
  record Run(int status, String output) {
    Run succeeded(String what) {
      assertThat(status).as("terraform %s%n%s", what, output).isZero();
      return this;
    }
  }

  /** Skips the test, with the reason, unless terraform and the provider are there. */
  static Path requirePlugins() throws IOException {
    Assumptions.assumeTrue(onPath("terraform"), "terraform is not installed");
    Optional<Path> plugins = plugins();
    Assumptions.assumeTrue(
        plugins.isPresent(),
        "no directory with the provider "
            + PROVIDER
            + " was found; name it in the variable "
            + PLUGINS_VARIABLE);
    return plugins.get();
  }

  private static boolean onPath(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }

  /** The named directory, terraform's own, else one that was put below /opt. */
  private static Optional<Path> plugins() throws IOException {
    var candidates = new ArrayList<Path>();
    String named = System.getenv(PLUGINS_VARIABLE);
    if (named != null && !named.isBlank()) {
      candidates.add(Path.of(named));
    }
    String home = System.getProperty("user.home");
    candidates.add(Path.of(home, ".terraform.d", "plugins"));
    candidates.add(Path.of("/usr/local/share/terraform/plugins"));
    candidates.add(Path.of("/usr/share/terraform/plugins"));
    Path optional = Path.of("/opt");
    if (Files.isDirectory(optional)) {
      try (Stream<Path> below = Files.list(optional)) {
        below.sorted().forEach(candidates::add);
      }
    }
    return candidates.stream()
        .filter(candidate -> Files.isDirectory(candidate.resolve(PROVIDER)))
        .findFirst();
  }

  /**
   * Copies the Terraform and CloudFormation files to {@code scratch}, with the built jars beside
   * them, and initialises {@code directory} there.
   *
   * @param directory such as {@code terraform/examples/local-sim}
   * @param more environment variables
   */
  static Terraform copied(String directory, Path scratch, Map<String, String> more)
      throws Exception {
    Path plugins = requirePlugins();
    for (String tree : List.of("terraform", "cloudformation")) {
      copy(Repository.root().resolve(tree), scratch.resolve(tree));
    }
    for (String jar :
        List.of(
            "bridge-lambda/target/bridge-lambda.jar", "backend-worker/target/backend-worker.jar")) {
      Path to = scratch.resolve(jar);
      Files.createDirectories(to.getParent());
      Files.write(to, Repository.bytes(jar));
    }
    var terraform = new Terraform(scratch.resolve(directory), scratch, Map.copyOf(more));
    terraform.run("init", "-plugin-dir=" + plugins).succeeded("init");
    return terraform;
  }

  /** A directory with one file of this text, and the provider in another; initialised. */
  static Terraform of(String text, Path scratch, Map<String, String> more) throws Exception {
    return of(Map.of("main.tf", text), scratch, more);
  }

  /** A directory with files of these texts by path, and the provider; initialised. */
  static Terraform of(Map<String, String> texts, Path scratch, Map<String, String> more)
      throws Exception {
    Path plugins = requirePlugins();
    Path directory = Files.createDirectories(scratch.resolve("configuration"));
    Files.writeString(directory.resolve("provider.tf"), PROVIDER_BLOCK);
    var terraform = new Terraform(directory, scratch, Map.copyOf(more));
    terraform.write(texts);
    terraform.run("init", "-plugin-dir=" + plugins).succeeded("init");
    return terraform;
  }

  /** A copy of a tree of this repository, initialised in one of its directories. */
  static Terraform ofTree(String tree, String directory, Path scratch, Map<String, String> more)
      throws Exception {
    Path plugins = requirePlugins();
    Path copied = scratch.resolve("configuration");
    copy(Repository.root().resolve(tree), copied);
    var terraform = new Terraform(copied.resolve(directory), scratch, Map.copyOf(more));
    terraform.run("init", "-plugin-dir=" + plugins).succeeded("init");
    return terraform;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = from.relativize(file).toString();
        boolean ours = !name.contains(".terraform") && !name.contains("tfstate");
        if (ours && Files.isRegularFile(file)) {
          Path target = to.resolve(name);
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  /** A file of the copy. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * Applies the configuration; a plan after it must be empty.
   *
   * @return the output of the command
   */
  String apply() throws Exception {
    Run applied = run("apply", "-auto-approve").succeeded("apply");
    Run plan = run("plan", "-detailed-exitcode");
    assertThat(plan.status()).as(plan.output()).isZero();
    return applied.output();
  }

  /** Writes files of the configuration, by path. */
  void write(Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path file = file(text.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.getValue());
    }
  }

  /** Starts it; its output goes to the file. */
  Process start(Path output, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
    variables.put("AWS_ACCESS_KEY_ID", "test");
    variables.put("AWS_SECRET_ACCESS_KEY", "test");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_CONFIG_FILE", scratch.resolve("none").toString());
    variables.put("AWS_SHARED_CREDENTIALS_FILE", scratch.resolve("none").toString());
    // No user configuration, and no check for newer versions.
    variables.put("TF_CLI_CONFIG_FILE", "/dev/null");
    variables.put("CHECKPOINT_DISABLE", "1");
    variables.put("TF_IN_AUTOMATION", "1");
    variables.put("TF_INPUT", "0");
    variables.put("TF_CLI_ARGS", "-no-color");
    variables.putAll(environment);
    return builder.start();
  }

  Run run(String... arguments) throws Exception {
    Path output = Files.createTempFile(scratch, "terraform", ".txt");
    int status = start(output, arguments).waitFor();
    return new Run(status, Files.readString(output, StandardCharsets.UTF_8));
  }

  /** An output of the last apply. */
  String output(String name) throws Exception {
    return run("output", "-raw", name).succeeded("output " + name).output();
  }

  /** Every managed resource of the state, of all modules, with its values. */
  List<JsonNode> resources() throws Exception {
    JsonNode state = JSON.readTree(run("show", "-json").succeeded("show").output());
    var found = new ArrayList<JsonNode>();
    collect(state.path("values").path("root_module"), found);
    return found;
  }

  private static void collect(JsonNode module, List<JsonNode> found) {
    for (JsonNode resource : module.path("resources")) {
      if (resource.path("mode").asText().equals("managed")) {
        found.add(resource);
      }
    }
    module.path("child_modules").forEach(child -> collect(child, found));
  }
}
