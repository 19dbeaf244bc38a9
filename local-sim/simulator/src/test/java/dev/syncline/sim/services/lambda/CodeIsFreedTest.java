// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.testing.WholeSimulator;
import dev.syncline.testing.TestZip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages that no function has any more do not stay on disk. */
@Timeout(60)
class CodeIsFreedTest {
  @TempDir Path scratch;
  @AutoClose private WholeSimulator aws;

  @BeforeEach
  void start() {
    aws = new WholeSimulator(scratch);
  }

  private void delete(String function) {
    aws.call("lambda", "DeleteFunction", "{'FunctionName': '" + function + "'}");
  }

  @Test
  void updatesAndDeletionsFreeWhatNoVersionHas() {
    create("f", "one");
    update("f", "two", "");
    assertThat(packages()).hasSize(1);
    aws.call("lambda", "PublishVersion", "{'FunctionName': 'f'}");
    update("f", "three", "");
    assertThat(packages()).hasSize(2);
    aws.call("lambda", "DeleteFunction", "{'FunctionName': 'f', 'Qualifier': '1'}");
    assertThat(packages()).hasSize(1);
    delete("f");
    assertThat(packages()).isEmpty();
  }

  @Test
  void aPackageThatTwoFunctionsHaveStaysForTheOther() {
    create("f", "same");
    create("g", "same");
    delete("f");
    assertThat(packages()).hasSize(1);
    delete("g");
    assertThat(packages()).isEmpty();
  }

  @Test
  void refusedAndDryRunCallsLeaveNothing() {
    create("f", "one");
    assertThatThrownBy(() -> create("f", "again")).hasMessageContaining("already exist");
    update("f", "two", ", 'DryRun': true");
    assertThatThrownBy(() -> update("f", "three", ", 'RevisionId': 'other'"))
        .hasMessageContaining("RevisionId");
    assertThat(packages()).hasSize(1);
  }

  @Test
  void anInvocationKeepsThePackageItBeganWith() throws Exception {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    aws.function(
        "f",
        "",
        event -> {
          begun.countDown();
          end.await();
          return "{}";
        });
    try (ExecutorService callers = Executors.newSingleThreadExecutor()) {
      Future<?> call = callers.submit(() -> aws.call("lambda", "Invoke", "{'FunctionName': 'f'}"));
      begun.await();
      delete("f");
      assertThat(packages()).hasSize(1);
      end.countDown();
      call.get();
    }
    // The environment ends on a thread of its own, which may still delete the package.
    while (!isDeleted()) {
      Thread.onSpinWait();
    }
  }

  private boolean isDeleted() {
    try {
      return packages().isEmpty();
    } catch (UncheckedIOException beingDeleted) {
      return false;
    }
  }

  @Test
  void layersAreFreedWithTheLastVersionAndFunctionThatHasThem() {
    for (String text : new String[] {"one", "two"}) {
      aws.call(
          "lambda",
          "PublishLayerVersion",
          "{'LayerName': 'l', 'Content': {'ZipFile': '" + TestZip.base64("a.txt", text) + "'}}");
    }
    assertThat(packages()).hasSize(2);
    create("f", "code");
    layers("['arn:aws:lambda:us-east-1:111111111111:layer:l:1']");
    assertThat(packages()).as("two layers and a function").hasSize(3);
    assertThat(unpackedLayers()).hasSize(1);
    deleteLayer(1);
    deleteLayer(2);
    assertThat(packages()).as("the function keeps version 1").hasSize(2);
    assertThat(unpackedLayers()).hasSize(1);

    layers("[]");

    assertThat(packages()).hasSize(1);
    assertThat(unpackedLayers()).isEmpty();
  }

  private void layers(String list) {
    aws.call(
        "lambda", "UpdateFunctionConfiguration", "{'FunctionName': 'f', 'Layers': " + list + "}");
  }

  private void deleteLayer(int number) {
    aws.call(
        "lambda", "DeleteLayerVersion", "{'LayerName': 'l', 'VersionNumber': '" + number + "'}");
  }

  @Test
  void filesOfAKilledSimulatorAreDeletedAndThoseOfALivingOneAreNot() throws IOException {
    create("f", "one");
    Path killed = Files.createDirectories(scratch.resolve("functions/7/abc/task"));
    Files.writeString(killed.resolve("left.txt"), "left");
    Path before = Files.createDirectories(scratch.resolve("functions/0123abcd/task"));

    try (var second = new WholeSimulator(scratch)) {
      assertThat(second.simulator.port()).isPositive();
      assertThat(killed).doesNotExist();
      assertThat(before).doesNotExist();
      assertThat(packages()).hasSize(1);
    }
    update("f", "two", "");
    assertThat(packages()).hasSize(1);
  }

  private void create(String name, String content) {
    aws.call(
        "lambda",
        "CreateFunction",
        "{'FunctionName': '"
            + name
            + "', 'Runtime': 'java21', 'Handler': 'x.Y',"
            + " 'Role': 'arn:aws:iam::111111111111:role/r', 'Code': {'ZipFile': '"
            + TestZip.base64("x.txt", content)
            + "'}}");
  }

  private void update(String name, String content, String more) {
    aws.call(
        "lambda",
        "UpdateFunctionCode",
        "{'FunctionName': '"
            + name
            + "', 'ZipFile': '"
            + TestZip.base64("x.txt", content)
            + "'"
            + more
            + "}");
  }

  private List<String> packages() {
    return parents("package.jar");
  }

  private List<String> unpackedLayers() {
    return parents("a.txt");
  }

  /** The directories that have a file of this name. */
  private List<String> parents(String name) {
    try (Stream<Path> files = Files.walk(scratch.resolve("functions"))) {
      return files
          .filter(file -> file.endsWith(name))
          .map(file -> String.valueOf(file.getParent()))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
