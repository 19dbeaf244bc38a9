// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.node;

import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.Child;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.RuntimeFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Node.js runtimes. */
public final class NodeFamily implements RuntimeFamily {
  private static final List<String> SCRIPTS = List.of("client.js");

  private final Interpreters interpreters;
  private final ClientScripts scripts;

  /** Runs functions with the interpreters that are found. */
  public NodeFamily(Interpreters interpreters, ClientScripts scripts) {
    this.interpreters = interpreters;
    this.scripts = scripts;
  }

  @Override
  public boolean runs(String runtime) {
    return Language.NODE.runs(runtime);
  }

  @Override
  public Child child(FunctionSpec spec) throws CannotStartException {
    Path node = interpreters.find(Language.NODE, spec.runtime()).interpreter().program();
    Path client = scripts.directory("node", SCRIPTS);
    return new Child(
        List.of(node.toString(), client.resolve("client.js").toString()),
        Map.of(),
        client,
        node.getParent(),
        true);
  }
}
