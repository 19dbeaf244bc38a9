// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Suitability;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.Interpreter;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Node.js runtimes. The function's runtime decides how the client behaves; the host's Node.js
 * may be of another version.
 */
public final class NodeFamily implements RuntimeFamily {
  private static final List<String> SCRIPTS =
      List.of(
          "callbacks.mjs",
          "console.mjs",
          "errors.mjs",
          "es-resolve.mjs",
          "imports.mjs",
          "index.mjs",
          "promises.mjs",
          "records.mjs",
          "runtime-api.mjs",
          "sdk.mjs",
          "streaming.mjs");

  private final Interpreters interpreters;
  private final ClientScripts scripts;
  private final NodeSdk sdk;

  /** Runs functions with the interpreters that are found. */
  public NodeFamily(Interpreters interpreters, ClientScripts scripts) {
    this(interpreters, scripts, NodeSdk.ofThisProcess(interpreters.settings().nodeSdk()));
  }

  /** The same with a given way to find the SDK. */
  NodeFamily(Interpreters interpreters, ClientScripts scripts, NodeSdk sdk) {
    this.interpreters = interpreters;
    this.scripts = scripts;
    this.sdk = sdk;
  }

  @Override
  public boolean runs(String runtime) {
    return Language.NODE.runs(runtime);
  }

  @Override
  public Suitability suitability(String runtime) {
    return interpreters.suitability(Language.NODE, runtime);
  }

  @Override
  public Child child(FunctionSpec spec) throws CannotStartException {
    if (spec.environmentConcurrency() > 1) {
      throw new CannotStartException(
          "the simulator does not run Node.js functions with more than one invocation at a time in"
              + " one environment; a capacity provider's functions must be Java here");
    }
    Interpreter node = interpreters.find(Language.NODE, spec.runtime()).interpreter();
    Path client = scripts.directory("node", SCRIPTS);
    sdk.linkInto(client.resolve("node_modules"), node.program());
    var command = new ArrayList<String>();
    command.add(node.program().toString());
    command.addAll(NodeOptions.of(spec, node));
    command.add(client.resolve("index.mjs").toString());
    return new Child(
        command,
        Map.of("NODE_PATH", nodePath(spec, client)),
        client,
        node.program().getParent(),
        true);
  }

  private static String nodePath(FunctionSpec spec, Path client) {
    var folders = new ArrayList<Path>();
    Path layers = spec.layers();
    if (layers != null) {
      Path nodejs = layers.resolve("nodejs");
      String version = "node" + NodeOptions.major(spec.runtime());
      folders.add(nodejs.resolve(version).resolve("node_modules"));
      folders.add(nodejs.resolve("node_modules"));
    }
    folders.add(client.resolve("node_modules"));
    folders.add(client);
    folders.add(spec.code().directory());
    return String.join(File.pathSeparator, folders.stream().map(Path::toString).toList());
  }
}
